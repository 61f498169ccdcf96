//! What the front matter of a record says beside its timeline, as questions and answers.

use serde::Serialize;

use crate::record::incident::{Assessment, Count, Incident};
use crate::record::timeline::Text;
use crate::site::internal::reader::Insider;
use crate::text::span::Spanned;

#[derive(Debug, Serialize)]
pub struct InternalFact<'a> {
    pub label: &'a str,
    /// Nothing where nobody has answered.
    pub text: Option<String>,
    pub lang: Option<&'a str>,
}

/// The incident manager's questions, with the answers that there are.
pub fn assessment<'a>(reader: &Insider<'a>, assessment: &'a Assessment) -> Vec<InternalFact<'a>> {
    let word = |key: &'a str, kind: &str, answer: &'a Option<Text>| InternalFact {
        label: reader.word(key),
        text: answer.as_ref().map(|answer| reader.term(kind, &answer.value).text),
        lang: None,
    };
    let count = |key: &'a str, answer: &Option<Spanned<Count>>| InternalFact {
        label: reader.word(key),
        text: answer.as_ref().map(|answer| match answer.value {
            Count::Known(number) => reader.reader.language.words.say("inside_number", &[("count", number.into())]),
            Count::Unknown => reader.word("inside_unknown").to_owned(),
        }),
        lang: None,
    };
    let yes = |key: &'a str, answer: &Option<Spanned<Option<bool>>>| InternalFact {
        label: reader.word(key),
        text: answer.as_ref().map(|answer| said(reader, answer.value)),
        lang: None,
    };
    vec![
        word("inside_audience", "audience_", &assessment.audience),
        InternalFact {
            label: reader.word("inside_experience"),
            text: assessment.experience.as_ref().map(|text| text.value.clone()),
            lang: assessment.experience.as_ref().and_then(|text| reader.lang(&text.value)),
        },
        word("inside_scope", "scope_", &assessment.scope),
        count("inside_customers", &assessment.customers),
        count("inside_support_cases", &assessment.support_cases),
        yes("inside_social_media", &assessment.social_media),
        yes("inside_security", &assessment.security),
        yes("inside_data_loss", &assessment.data_loss),
    ]
}

/// How it was noticed, what it is and what caused it, as far as that is said.
pub fn of_incident<'a>(reader: &Insider<'a>, incident: &'a Incident) -> Vec<InternalFact<'a>> {
    let fact = |key: &'a str, text: Option<String>| {
        text.map(|text| InternalFact { label: reader.word(key), text: Some(text), lang: None })
    };
    let term = |kind: &str, text: &'a Option<Text>| text.as_ref().map(|text| reader.term(kind, &text.value).text);
    let written = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let types: Vec<String> = incident.types.iter().map(|kind| reader.term("type_", &kind.value).text).collect();
    let noticed = incident.detection.customers_noticed_first.as_ref().map(|answer| said(reader, Some(answer.value)));
    let deployed = incident.cause.deployed.map(|at| reader.reader.moment(at.instant()).text);
    let facts = [
        fact("inside_types", (!types.is_empty()).then(|| types.join(", "))),
        fact("inside_detection", term("detection_", &incident.detection.method)),
        fact("inside_source", written(&incident.detection.source)),
        fact("inside_noticed_first", noticed),
        fact("inside_cause", term("cause_", &incident.cause.category)),
        fact("inside_cause_reference", written(&incident.cause.reference)),
        fact("inside_deployed", deployed),
    ];
    facts.into_iter().flatten().collect()
}

fn said(reader: &Insider<'_>, answer: Option<bool>) -> String {
    let key = match answer {
        Some(true) => "inside_yes",
        Some(false) => "inside_no",
        None => "inside_unknown",
    };
    reader.word(key).to_owned()
}
