//! `git incident build`.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{SCHEMAS, TEMPLATES, Timings, audience, find_root, load, now, parse_time, provenance, site_options};
use crate::error::Error;
use crate::record::archive::RECORDS;
use crate::record::time::Time;
use crate::site;
use crate::site::audience::Audience;
use crate::site::builtin::BUILTIN;
use crate::site::write::{Listing, Publication, Swap};
use crate::text::count::counted;
use crate::text::suggest::nearest;

/// Render the status site: the public one, or the one for the people who respond
///
/// Writes static files. Files whose bytes did not change are not touched, each other file is replaced atomically, and only
/// files that an earlier build made are ever removed. A build that fails changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Who it is for. `internal` adds the records themselves: the live board, full timelines with their provenance, postmortems,
    /// actions and more. It must stand where customers cannot reach it.
    #[arg(long, value_name = "AUDIENCE", default_value = Audience::Public.name(), value_parser = audience())]
    audience: Audience,

    /// Where the site is written: `public` or `internal`, as its audience.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The time that counts as now, such as `2024-05-01T09:05:00Z`. The same records and the same time give the same bytes.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,

    /// Only these of the site's languages.
    #[arg(long = "language", value_name = "TAG")]
    languages: Vec<String>,

    /// Make the site beside the one that readers see, and exchange the two in one step: `DIR` becomes a symbolic link to one
    /// of two folders in `DIR.trees`, which take turns.
    #[arg(long)]
    swap: bool,

    /// Also list every file of the site with its SHA-256 in this file, as `sha256sum --check` reads it, in an order to upload
    /// them in.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    /// Print a built-in template, style sheet or catalogue of words to start from, such as `home.html`; without a name, all
    /// their names. A file of the same name under `templates/` replaces it.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    print_template: Option<String>,

    /// Print how long each phase took.
    #[arg(long)]
    timings: bool,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    if let Some(name) = &args.print_template {
        return print_template(name);
    }
    let mut timings = Timings::new(args.timings);
    let root = find_root(start)?;
    let out = root.join(args.out.unwrap_or_else(|| args.audience.name().into()));
    refuse_source(&root, &out)?;
    let archive = load(&root, &mut timings)?;
    let mut options = site_options(&root, archive, args.audience, now(args.as_of)?)?;
    if args.audience == Audience::Internal {
        options.provenance = provenance(&root, archive)?.into();
        timings.phase("read where entries come from");
    }
    options.languages = (!args.languages.is_empty()).then_some(args.languages);
    let swap = if args.swap { Some(Swap::prepare(&out)?) } else { None };
    let publication = Publication::begin(args.audience, swap.as_ref().map_or(&out, Swap::tree))?;
    let listing = args.manifest.as_ref().map(|_| Listing::default());
    let made = site::make(archive, &options, |path, bytes| {
        listing.iter().for_each(|listing| listing.add(&path, &bytes));
        publication.add(&path, &bytes).map_err(Error::from)
    })?;
    let mut stderr = anstream::stderr();
    for note in &made.notes {
        writeln!(stderr, "warning: {note}")?;
    }
    timings.phase(&format!("render {}", counted(made.pages, "page")));
    let published = publication.finish(&made.homes)?;
    swap.map_or(Ok(()), Swap::finish)?;
    if let (Some(path), Some(listing)) = (&args.manifest, listing) {
        listing.write(&root.join(path), &made.homes)?;
    }
    timings.phase(&format!("publish {}", counted(published.written, "file")));
    let mut stdout = anstream::stdout();
    writeln!(
        stdout,
        "Built {} from {} in {}: {} written, {} unchanged, {} removed.",
        counted(made.pages, "page"),
        counted(archive.records.len(), "record"),
        timings.total(),
        published.written,
        published.unchanged,
        published.removed,
    )?;
    writeln!(stdout, "Open {}", out.join("index.html").display())?;
    Ok(0)
}

/// What a user's own file of that name would replace.
fn print_template(name: &str) -> Result<u8, Error> {
    let mut stdout = anstream::stdout();
    if name.is_empty() {
        for (name, _) in BUILTIN {
            writeln!(stdout, "{name}")?;
        }
        return Ok(0);
    }
    let name = name.strip_prefix("templates/").unwrap_or(name);
    let Some((_, text)) = BUILTIN.iter().find(|(known, _)| *known == name) else {
        let meant = nearest(name, BUILTIN.iter().map(|(known, _)| *known));
        let error = Error::new(format!("there is no built-in `{name}`"));
        return Err(error.hint(match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`git incident build --print-template` lists them".to_owned(),
        }));
    };
    stdout.write_all(text.as_bytes())?;
    Ok(0)
}

/// The folders that a build reads are no place to write to: the next build would read its own pages.
fn refuse_source(root: &Path, out: &Path) -> Result<(), Error> {
    match [RECORDS, TEMPLATES, SCHEMAS].into_iter().find(|folder| out.starts_with(root.join(folder))) {
        None => Ok(()),
        Some(folder) => Err(Error::new(format!("{} is inside `{folder}`, which a build reads from", out.display()))
            .hint("choose a folder of its own, such as `--out public`")),
    }
}
