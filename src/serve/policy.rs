//! The pages of a site forbid scripts, styles and connections that they do not need. The preview needs its own:
//! this widens the policy of a served page by exactly that, so that everything else stays as strict as in public.

/// What the reload script needs from the page's own origin: itself, its style sheet, its event stream.
const NEEDED: [&str; 3] = ["script-src", "style-src", "connect-src"];

/// The page with its `<meta http-equiv="Content-Security-Policy">` allowing the origin's own script, style and
/// connections. A page without one is returned as it is.
pub fn widen_in_page(html: &str) -> String {
    let Some((start, end)) = find_content(html) else {
        return html.to_owned();
    };
    let policy = html[start..end].replace("&#39;", "'").replace("&#x27;", "'").replace("&apos;", "'");
    format!("{}{}{}", &html[..start], widen(&policy), &html[end..])
}

/// Where the policy stands in a page: the value of `content` in its `meta` element.
fn find_content(html: &str) -> Option<(usize, usize)> {
    let lower = html.to_ascii_lowercase();
    let name = lower.find("http-equiv=\"content-security-policy\"")?;
    let tag = lower[..name].rfind("<meta")?;
    let content = "content=\"";
    let start = tag + lower[tag..].find(content)? + content.len();
    let end = start + html[start..].find('"')?;
    Some((start, end))
}

fn widen(policy: &str) -> String {
    let mut directives: Vec<(String, Vec<&str>)> = policy
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            Some((words.next()?.to_ascii_lowercase(), words.collect()))
        })
        .collect();
    for needed in NEEDED {
        let of = |name: &str| directives.iter().position(|(other, _)| other == name);
        // Without a directive of its own the default holds; without that, everything is allowed already.
        let Some(place) = of(needed).or_else(|| of("default-src")) else {
            continue;
        };
        let mut sources = directives[place].1.clone();
        sources.retain(|source| *source != "'none'");
        if !sources.contains(&"'self'") {
            sources.push("'self'");
        }
        match of(needed) {
            Some(place) => directives[place].1 = sources,
            None => directives.push((needed.to_owned(), sources)),
        }
    }
    let directives: Vec<String> =
        directives.into_iter().map(|(name, sources)| [vec![name.as_str()], sources].concat().join(" ")).collect();
    directives.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_preview_needs_is_added_and_nothing_else() {
        assert_eq!(
            widen("default-src 'none'; style-src 'self'; connect-src 'none'; img-src 'self' data:"),
            "default-src 'none'; style-src 'self'; connect-src 'self'; img-src 'self' data:; script-src 'self'"
        );
    }

    #[test]
    fn sources_of_the_default_stay_allowed() {
        assert_eq!(
            widen("default-src https://cdn.example; style-src 'self'; connect-src 'self'"),
            "default-src https://cdn.example; style-src 'self'; connect-src 'self'; \
             script-src https://cdn.example 'self'"
        );
        assert_eq!(widen("img-src 'none'"), "img-src 'none'");
    }

    #[test]
    fn the_policy_is_found_in_the_page() {
        let page = r#"<META content="default-src &#39;none&#39;" HTTP-EQUIV="Content-Security-Policy"><p>é"#;
        assert_eq!(
            widen_in_page(page),
            r#"<META content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'" HTTP-EQUIV="Content-Security-Policy"><p>é"#
        );
        assert_eq!(widen_in_page("<p>none</p>"), "<p>none</p>");
    }
}
