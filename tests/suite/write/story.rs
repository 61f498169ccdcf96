//! An incident from `init` to its published postmortem, with two responders in two clones.

use crate::git::push::{Daemon, serve};

use super::responder::{Responder, scratch};

/// The clones of Mara and Wei, of a bare repository that a git server has; where there is no server, of its path.
fn team() -> (Responder, Responder, Option<Daemon>) {
    let folder = scratch("story");
    let (server, address) = serve(&folder).unzip();
    let address = address.unwrap_or_else(|| folder.display().to_string()) + "/remote.git";
    let remote = Responder::new(folder.join("remote.git"), "Mara Ito");
    remote.git(&["init", "--quiet", "--bare"]);
    let mara = Responder::new(folder.join("mara"), "Mara Ito");
    mara.git(&["init", "--quiet"]);
    assert_eq!(mara.run(&["init"]).code, 0);
    let others = ["wei, name: Wei Chen", "jonas, name: Jonas Berg", "dana, name: Dana Cole"];
    let others: String = others.iter().map(|person| format!("  - {{id: {person}}}\n")).collect();
    let config = mara.read("incident.yaml").replace("people:\n", &format!("people:\n{others}"));
    mara.file("incident.yaml", &config);
    mara.git(&["add", "."]);
    mara.git(&["commit", "--quiet", "-m", "Incidents as code"]);
    mara.git(&["remote", "add", "origin", &address]);
    mara.git(&["push", "--quiet", "--set-upstream", "origin", "main"]);
    remote.git(&["clone", "--quiet", &address, folder.join("wei").to_str().unwrap()]);
    let wei = Responder::new(folder.join("wei"), "Wei Chen");
    assert_eq!(wei.run(&["init"]).code, 0);
    (mara, wei, server)
}

/// Mara declares, Wei finds the cause, both write at once, and customers and management hear of it in time.
fn the_response(mara: &Responder, wei: &Responder) {
    let graph = ["--link", "errors=https://graphs.example/5xx"];
    let with_graph = |args: &[&'static str]| [args, &graph, &["--push"]].concat();
    let down = ["--severity", "sev2", "--service", "website=partial_outage", "--method", "alert"];
    let roles =
        ["--role", "incident_manager=mara", "--role", "tech_lead=wei", "--role", "communications_manager=jonas"];
    let channels = ["--channel", "chat=#inc-checkout", "--channel", "video=https://meet.example/inc"];
    let public = ["--public", "We are investigating failed payments.", "--next-update", "30m"];
    let new = [&["new", "Checkout fails", "--event", "detected"], &down[..], &roles, &channels, &public].concat();
    mara.does("09:50", &with_graph(&new));
    let answers = ["audience=external", "experience=Payments fail.", "scope=some", "customers=4100"];
    let more = ["support_cases=12", "social_media=false", "security=false", "data_loss=false"];
    let answers = answers.iter().chain(&more).flat_map(|answer| ["--set".to_owned(), format!("assessment.{answer}")]);
    let answers: Vec<String> = answers.collect();
    mara.does("09:55", &["update", "--push"].into_iter().chain(answers.iter().map(String::as_str)).collect::<Vec<_>>());

    wei.git(&["pull", "--quiet"]);
    wei.does("10:05", &["update", "--hypothesis", "The pool is exhausted", "--todo", "Alert on the pool", "--push"]);
    // Whoever pushes second is put on top.
    mara.does("10:06", &with_graph(&["update", "-m", "Support has 12 tickets"]));
    mara.does("10:10", &["update", "--severity", "sev1", "--escalate", "executive_sponsor:severity", "--push"]);
    mara.does("10:12", &["assign", "executive_sponsor=dana", "--push"]);
    mara.does("10:18", &["update", "--public", "Card payments still fail.", "--next-update", "25m", "--push"]);

    wei.git(&["pull", "--quiet"]);
    wei.does("10:20", &["update", "--status", "identified", "--action", "Rolled back", "--result", "worked", "--push"]);
    mara.git(&["pull", "--quiet"]);
    let better = ["--impact", "website=operational", "--event", "impact_ended", "--next-update", "30m"];
    let recovered = ["update", "--status", "monitoring", "--public", "Payments recover."];
    mara.does("10:25", &with_graph(&[&recovered[..], &better].concat()));
    let resolve = ["resolve", "--set", "cause.category=change", "--push"];
    let said = mara.refused("10:50", &resolve);
    assert!(said.contains("customers were not told") && said.contains("--public"), "{said}");
    mara.does("10:50", &[&resolve[..], &["--public", "Payments work again. No data was lost."]].concat());
}

/// Wei writes it, Mara approves and publishes it.
fn the_review(mara: &Responder, wei: &Responder) {
    wei.git(&["pull", "--quiet"]);
    wei.does("11:00", &["postmortem"]);
    let owned = ["--priority", "high", "--owner", "wei", "--due", "14d", "--ticket", "PAY-812"];
    wei.does("11:10", &[&["promote", "2", "--type", "detect"], &owned[..]].concat());
    let failure = ["--class", "process_flaw", "--statement", "The load test leaves the limits out.", "--owner", "wei"];
    wei.does("11:12", &[&["finding", "add", "--id", "limits"], &failure[..]].concat());
    wei.does("11:14", &["finding", "accept", "limits", "--consulted", "mara"]);
    let said = wei.refused("11:15", &["postmortem", "--status", "in_review"]);
    assert!(said.contains("nobody has written “Root causes” yet"), "{said}");

    wei.writes_postmortem("response_review: {sufficiency: sufficient, completeness: complete}\n");
    wei.does("11:20", &["postmortem", "--status", "in_review", "--push"]);
    mara.git(&["pull", "--quiet"]);
    mara.does("12:00", &["postmortem", "--status", "approved", "--approve", "service_owner"]);
    mara.does("12:10", &["postmortem", "--status", "published"]);
    mara.file("incident.yaml", &format!("push: true\n{}", mara.read("incident.yaml")));
    mara.git(&["commit", "--quiet", "--all", "-m", "Push every update"]);
    mara.does("12:20", &["update", "checkout", "--status", "closed"]);
}

#[test]
fn an_incident_from_the_first_alert_to_the_postmortem() {
    let (mara, wei, _server) = team();
    the_response(&mara, &wei);
    the_review(&mara, &wei);

    wei.git(&["pull", "--quiet"]);
    let shown = wei.does("12:30", &["show", "checkout"]);
    for said in ["closed", "The pool is exhausted", "Support has 12 tickets", "Rolled back"] {
        assert!(shown.contains(said), "{said}\n{shown}");
    }
    assert_eq!(wei.git(&["status", "--porcelain"]), "");
    assert_eq!(wei.git(&["rev-parse", "HEAD"]), mara.git(&["rev-parse", "HEAD"]));
    wei.does("12:30", &["build"]);
    let page = wei.read("public/incidents/2024-05-01-checkout-fails/index.html");
    assert!(page.contains("Payments work again.") && !page.contains("12 tickets"));
}
