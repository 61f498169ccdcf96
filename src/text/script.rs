//! What the letters of a text say of its language.

/// The language of a text, where most of its letters are of a script that only one language has.
pub fn language(text: &str) -> Option<&'static str> {
    let (mut letters, mut hangul, mut kana, mut han) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        match c {
            '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => hangul += 1,
            '\u{3041}'..='\u{30ff}' => kana += 1,
            '\u{3400}'..='\u{9fff}' => han += 1,
            _ => {}
        }
    }
    let is_most = |count: usize| count * 2 > letters;
    match () {
        () if is_most(hangul) => Some("ko"),
        // Chinese has no kana, and Japanese is hardly ever without.
        () if kana > 0 && is_most(kana + han) => Some("ja"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_tells_where_only_one_language_has_it() {
        assert_eq!(language("카드 결제 거절률 경보 (PSP)"), Some("ko"));
        assert_eq!(language("決済APIが遅い。復旧中です"), Some("ja"));
        for text in ["Cards are slow", "The team says 확인 중 since nine", "数据库", "2026 – 09:00", ""] {
            assert_eq!(language(text), None, "{text}");
        }
    }
}
