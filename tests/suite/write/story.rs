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
    let config = mara.read("incident.yaml").replace("people:\n", "people:\n  - {id: wei, name: Wei Chen}\n");
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

#[test]
fn an_incident_from_the_first_alert_to_the_postmortem() {
    let (mara, wei, _server) = team();
    let down =
        ["--severity", "sev2", "--service", "website=partial_outage", "--method", "alert", "--event", "detected"];
    let channels = ["--channel", "chat=#inc-checkout", "--channel", "video=https://meet.example/inc"];
    let public = ["--public", "We are investigating failed payments.", "--next-update", "30m", "--push"];
    mara.at("09:50", &[&["new", "Checkout fails"], &down[..], &channels, &public].concat());
    mara.at("09:52", &["assign", "incident_manager=mara", "tech_lead=wei", "communications_manager=mara", "--push"]);

    // Both write at once; whoever pushes second is put on top.
    wei.git(&["pull", "--quiet"]);
    wei.at("10:05", &["update", "--hypothesis", "The pool is exhausted", "--todo", "Alert on the pool", "--push"]);
    mara.at("10:06", &["update", "-m", "Support has 12 tickets", "--push"]);
    wei.git(&["pull", "--quiet"]);
    wei.at("10:20", &["update", "--status", "identified", "--action", "Rolled back", "--result", "worked", "--push"]);
    mara.git(&["pull", "--quiet"]);
    mara.at(
        "10:25",
        &["update", "--status", "monitoring", "--impact", "website=operational", "--event", "impact_ended", "--push"],
    );
    let end = ["--set", "assessment.data_loss=false", "--set", "cause.category=change"];
    mara.at(
        "10:50",
        &[&["resolve", "--public", "Payments work again. No data was lost.", "--push"], &end[..]].concat(),
    );

    wei.git(&["pull", "--quiet"]);
    wei.at("11:00", &["postmortem"]);
    wei.at(
        "11:10",
        &[
            "promote",
            "3",
            "--type",
            "detect",
            "--priority",
            "high",
            "--owner",
            "wei",
            "--due",
            "14d",
            "--ticket",
            "PAY-812",
        ],
    );
    wei.at("11:20", &["postmortem", "--status", "in_review", "--push"]);
    mara.git(&["pull", "--quiet"]);
    mara.at("12:00", &["postmortem", "--status", "approved", "--approve", "service_owner"]);
    mara.at("12:10", &["postmortem", "--status", "published"]);
    mara.file("incident.yaml", &format!("push: true\n{}", mara.read("incident.yaml")));
    mara.git(&["commit", "--quiet", "--all", "-m", "Push every update"]);
    mara.at("12:20", &["update", "checkout", "--status", "closed"]);

    wei.git(&["pull", "--quiet"]);
    let shown = wei.at("12:30", &["show", "checkout"]);
    for said in ["closed", "The pool is exhausted", "Support has 12 tickets", "Rolled back"] {
        assert!(shown.contains(said), "{said}\n{shown}");
    }
    assert_eq!(wei.git(&["status", "--porcelain"]), "");
    assert_eq!(wei.git(&["rev-parse", "HEAD"]), mara.git(&["rev-parse", "HEAD"]));
    wei.at("12:30", &["build"]);
    let page = wei.read("public/incidents/2024-05-01-checkout-fails/index.html");
    assert!(page.contains("Payments work again.") && !page.contains("12 tickets"));
}
