//! The questions about an incident that its manager answers.

use crate::record::Record;
use crate::record::timeline::Text;

/// All of them; the first four are asked of everybody, the others where somebody was affected.
pub const QUESTIONS: &[&str] =
    &["audience", "scope", "security", "data_loss", "experience", "customers", "support_cases", "social_media"];

/// Those that a record has to answer: nobody who was not affected saw anything.
pub fn questions(record: &Record) -> impl Iterator<Item = &'static str> {
    let none = |answer: &Option<Text>| answer.as_ref().is_some_and(|answer| answer.value == "none");
    let assessment = record.incident().map(|incident| &incident.assessment);
    let nobody = assessment.is_some_and(|assessment| none(&assessment.audience) || none(&assessment.scope));
    let asked = if nobody { QUESTIONS.get(2..4) } else { Some(QUESTIONS) };
    asked.into_iter().flatten().copied()
}

/// Those of them that nobody has answered.
pub fn open(record: &Record) -> Vec<&'static str> {
    questions(record).filter(|key| !record.has_key(&format!("assessment.{key}"))).collect()
}

/// The flags that answer them, to be pasted and mended. What nobody mends stays true: it is not known.
pub fn flags(questions: &[&str]) -> String {
    let flags: Vec<String> = questions.iter().map(|key| format!("--set assessment.{key}=unknown")).collect();
    flags.join(" ")
}
