use super::manifest::UNFINISHED;
use super::*;

/// An empty folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("git-incident-write-{name}-{}", std::process::id()));
    _ = fs::remove_dir_all(&folder);
    folder
}

/// Publishes a site of which `index.html` is the home page.
fn publish(files: &[(&str, &str)], out: &Path) -> Result<Published, PublishError> {
    publish_for(Audience::Public, files, out)
}

fn publish_for(audience: Audience, files: &[(&str, &str)], out: &Path) -> Result<Published, PublishError> {
    let publication = Publication::begin(audience, out)?;
    files.iter().try_for_each(|(path, text)| publication.add(path, text.as_bytes()))?;
    publication.finish(&BTreeSet::from(["index.html".to_owned()]))
}

fn read(out: &Path, path: &str) -> Option<String> {
    fs::read_to_string(out.join(path)).ok()
}

#[test]
fn only_what_changed_is_written() {
    let out = folder("changed");
    let first = publish(&[("index.html", "1"), ("a/index.html", "same")], &out).unwrap();
    assert_eq!(first, Published { written: 2, unchanged: 0, removed: 0 });
    let before = fs::metadata(out.join("a/index.html")).unwrap().modified().unwrap();
    let second = publish(&[("index.html", "2"), ("a/index.html", "same")], &out).unwrap();
    assert_eq!(second, Published { written: 1, unchanged: 1, removed: 0 });
    assert_eq!(fs::metadata(out.join("a/index.html")).unwrap().modified().unwrap(), before);
    assert_eq!(read(&out, "index.html").as_deref(), Some("2"));
    assert_eq!(fs::read_dir(&out).unwrap().count(), 3, "two pages and the manifest");
}

#[test]
fn what_is_no_longer_part_of_the_site_goes_with_its_folder() {
    let out = folder("stale");
    publish(&[("index.html", "1"), ("a/b/index.html", "x")], &out).unwrap();
    let published = publish(&[("index.html", "1")], &out).unwrap();
    assert_eq!(published.removed, 1);
    assert!(!out.join("a").exists());
}

#[test]
fn files_of_others_stay_as_they_are() {
    let out = folder("foreign");
    publish(&[("index.html", "1"), ("a/index.html", "x")], &out).unwrap();
    fs::write(out.join("CNAME"), "status.example.com").unwrap();
    fs::write(out.join("a/notes.txt"), "mine").unwrap();
    publish(&[("index.html", "2")], &out).unwrap();
    assert_eq!(read(&out, "CNAME").as_deref(), Some("status.example.com"));
    assert_eq!(read(&out, "a/notes.txt").as_deref(), Some("mine"));
    assert_eq!(read(&out, "a/index.html"), None);
}

#[test]
fn a_folder_of_someone_else_is_refused_untouched() {
    let out = folder("refused");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("thesis.txt"), "do not lose").unwrap();
    let error = publish(&[("index.html", "1")], &out).unwrap_err();
    assert!(matches!(error, PublishError::NotOurs { .. }));
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
}

#[test]
fn a_file_of_someone_else_is_never_overwritten() {
    let out = folder("overwrite");
    publish(&[("index.html", "1")], &out).unwrap();
    fs::write(out.join("robots.txt"), "mine").unwrap();
    let error = publish(&[("index.html", "2"), ("robots.txt", "ours")], &out).unwrap_err();
    assert!(matches!(error, PublishError::Foreign { .. }));
    assert_eq!(read(&out, "robots.txt").as_deref(), Some("mine"));
    assert_eq!(read(&out, "index.html").as_deref(), Some("1"), "a build that fails changes nothing");
}

#[test]
fn after_an_interruption_the_next_build_cleans_up() {
    let out = folder("interrupted");
    publish(&[("index.html", "1"), ("old.html", "x")], &out).unwrap();
    // As it would be if the run had been ended after its new files were in place.
    let both = ["index.html", "new.html", "old.html"];
    fs::write(out.join(MANIFEST), manifest::text(Audience::Public, UNFINISHED, both.into_iter())).unwrap();
    fs::write(out.join("new.html"), "never seen again").unwrap();
    fs::write(staged(&out.join("old.html")), "half").unwrap();
    fs::create_dir(staged(&out.join("a"))).unwrap();
    fs::write(staged(&out.join("a")).join("index.html"), "half").unwrap();
    publish(&[("index.html", "3")], &out).unwrap();
    assert_eq!((read(&out, "new.html"), read(&out, "old.html")), (None, None));
    assert_eq!(fs::read_dir(&out).unwrap().count(), 2, "the page and the manifest");
    assert_eq!(read(&out, MANIFEST).unwrap().lines().skip(2).collect::<Vec<_>>(), ["index.html"]);
}

#[test]
fn a_first_run_that_was_interrupted_can_be_repeated() {
    let out = folder("first");
    fs::create_dir_all(&out).unwrap();
    fs::write(staged(&out.join(MANIFEST)), "half").unwrap();
    assert!(publish(&[("index.html", "1")], &out).is_ok());
}

#[test]
fn a_manifest_cannot_lead_out_of_the_folder() {
    let out = folder("outside");
    let outside = out.with_extension("outside");
    publish(&[("index.html", "1")], &out).unwrap();
    fs::write(&outside, "keep").unwrap();
    let name = outside.file_name().unwrap().to_string_lossy().into_owned();
    fs::write(out.join(MANIFEST), format!("index.html\n../{name}\n{}\n", outside.display())).unwrap();
    publish(&[("index.html", "2")], &out).unwrap();
    assert_eq!(fs::read_to_string(&outside).unwrap(), "keep");
}

#[test]
fn home_pages_come_after_everything_they_link_to() {
    assert_eq!(Phase::of(Fate::New, true), Some(Phase::Home));
    assert_eq!(Phase::of(Fate::Replaced, true), Some(Phase::Home));
    assert_eq!(Phase::of(Fate::New, false), Some(Phase::New));
    assert_eq!(Phase::of(Fate::Replaced, false), Some(Phase::Replaced));
    assert_eq!(Phase::of(Fate::Same, true), None);
}

#[test]
fn a_new_folder_goes_into_its_place_as_a_whole_and_with_the_last_of_its_files() {
    let out = folder("new-folder");
    publish(&[("index.html", "1"), ("old/index.html", "1")], &out).unwrap();
    let fates = [("ko/a/index.html", Fate::New), ("ko/index.html", Fate::New), ("old/b/c.html", Fate::New)];
    let fates = fates.map(|(path, fate)| (path.to_owned(), fate)).into();
    let publication = Publication::begin(Audience::Public, &out).unwrap();
    let phases = publication.phases(&fates, &BTreeSet::from(["ko/index.html".to_owned()]));
    assert_eq!(phases, BTreeMap::from([("ko", Phase::Home), ("old/b", Phase::New)]));

    for path in fates.keys() {
        publication.add(path, b"new").unwrap();
    }
    assert!(!out.join("ko").exists() && !out.join("old/b").exists());
    publication.finish(&BTreeSet::new()).unwrap();
    assert!(fates.keys().all(|path| read(&out, path).as_deref() == Some("new")));
    assert_eq!(fs::read_dir(&out).unwrap().count(), 3, "nothing waits any longer: two folders and the manifest");
}

#[test]
fn a_site_that_is_not_finished_leaves_nothing_behind() {
    let out = folder("unfinished");
    let begin = || Publication::begin(Audience::Public, &out).unwrap();
    begin().add("a/index.html", b"new").unwrap();
    assert!(!out.exists());
    publish(&[("index.html", "1")], &out).unwrap();
    let publication = begin();
    publication.add("index.html", b"2").unwrap();
    publication.add("a/index.html", b"new").unwrap();
    assert_eq!(read(&out, "index.html").as_deref(), Some("1"), "readers see the old page until the site is finished");
    drop(publication);
    assert_eq!(fs::read_dir(&out).unwrap().count(), 2, "the page and the manifest");
    assert_eq!(begin().finish(&BTreeSet::new()).unwrap().removed, 1, "the manifest is as it was");
}

#[test]
fn a_site_is_swapped_for_the_next_in_one_step() {
    let out = folder("swap");
    let publish_behind = |text: &str| {
        let swap = Swap::prepare(&out).unwrap();
        publish(&[("index.html", text)], swap.tree()).unwrap();
        let before = read(&out, "index.html");
        swap.finish().unwrap();
        before
    };
    assert_eq!(publish_behind("1"), None, "nothing is to be seen before the first swap");
    assert_eq!(publish_behind("2").as_deref(), Some("1"));
    assert_eq!(publish_behind("3").as_deref(), Some("2"));
    assert_eq!(read(&out, "index.html").as_deref(), Some("3"));
}

#[test]
fn a_folder_is_not_swapped() {
    let out = folder("no-link");
    publish(&[("index.html", "1")], &out).unwrap();
    assert!(matches!(Swap::prepare(&out), Err(PublishError::NoLink { .. })));
}

#[test]
fn a_listing_is_in_an_order_to_upload_the_files_in() {
    let listing = Listing::default();
    let files = ["history/index.html", "index.html", "incidents/a/index.html", "z.json"];
    files.into_iter().for_each(|path| listing.add(path, b""));
    let text = listing.text(&BTreeSet::from(["index.html".to_owned()]));
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let order = ["incidents/a/index.html", "z.json", "history/index.html", "index.html"];
    assert_eq!(text, order.map(|path| format!("{empty}  {path}\n")).concat());
}

#[test]
fn the_folder_of_one_audience_is_no_place_for_the_other() {
    for (there, other) in [(Audience::Public, Audience::Internal), (Audience::Internal, Audience::Public)] {
        let out = folder("audience");
        publish_for(there, &[("index.html", "1")], &out).unwrap();
        let error = publish_for(other, &[("index.html", "2")], &out).unwrap_err();
        assert!(matches!(&error, PublishError::OtherAudience { there: found, .. } if *found == there));
        assert_eq!(read(&out, "index.html").as_deref(), Some("1"));
        publish_for(there, &[("index.html", "1")], &out).unwrap();
    }
}

#[test]
fn a_manifest_that_says_nothing_is_that_of_a_public_site() {
    let out = folder("old-manifest");
    publish(&[("index.html", "1")], &out).unwrap();
    fs::write(out.join(MANIFEST), format!("{}\nindex.html\n", manifest::HEAD)).unwrap();
    let internal = publish_for(Audience::Internal, &[("index.html", "2")], &out);
    assert!(matches!(internal, Err(PublishError::OtherAudience { .. })));
    assert!(publish(&[("index.html", "2")], &out).is_ok());
}
