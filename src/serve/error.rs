use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why there is no preview.
#[derive(Debug)]
pub enum ServeError {
    /// The port that was asked for cannot be listened on.
    Port { port: u16, source: io::Error },
    /// All the ports that are tried without being asked for are taken.
    NoFreePort { first: u16, last: u16 },
    /// A file or folder cannot be watched.
    Watch { path: PathBuf, source: notify::Error },
    /// The system refused something that every server needs.
    Start(io::Error),
    /// The function that builds the site panicked; its message is on standard error.
    BuildPanicked,
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port { port, source } if source.kind() == io::ErrorKind::AddrInUse => write!(
                f,
                "port {port} is taken by another program; stop it, or choose another port with `--port` (0: any free one)"
            ),
            Self::Port { port, source } if source.kind() == io::ErrorKind::PermissionDenied => {
                write!(f, "this user may not listen on port {port}; choose one above 1023 with `--port`")
            }
            Self::Port { port, source } => write!(f, "cannot listen on port {port}: {source}"),
            Self::NoFreePort { first, last } => {
                write!(f, "the ports {first} to {last} are all taken; choose another with `--port` (0: any free one)")
            }
            Self::Watch { path, source } => {
                write!(f, "cannot watch `{}`: {source}", path.display())?;
                match source.kind {
                    notify::ErrorKind::MaxFilesWatch => {
                        f.write_str(" Raise `fs.inotify.max_user_watches`, or leave big folders out of what is watched")
                    }
                    _ => Ok(()),
                }
            }
            Self::Start(source) => write!(f, "cannot start the preview server: {source}"),
            Self::BuildPanicked => {
                f.write_str("the build stopped with an internal error, which is a bug; its message is above")
            }
        }
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Port { source, .. } | Self::Start(source) => Some(source),
            Self::Watch { source, .. } => Some(source),
            Self::NoFreePort { .. } | Self::BuildPanicked => None,
        }
    }
}
