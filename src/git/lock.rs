//! One writer at a time in one repository.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::checkout;
use super::exec::{Failure, Git};

/// How long a writer waits for another one. An update takes a fraction of a second.
pub const PATIENCE: Duration = Duration::from_secs(20);

const PAUSE: Duration = Duration::from_millis(20);

/// The right to write to a repository, held until it is dropped. The system takes it back when the process dies.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or waits until whoever has it is done. What a killed process left half done is finished, so files
    /// are to be read after this.
    ///
    /// # Errors
    ///
    /// It is still held after `patience`, and the text names the holder; or its file cannot be written.
    pub fn acquire(git: &Git, patience: Duration) -> Result<Self, Failure> {
        let path = git.common().join("incident.lock");
        let refuse = |error: std::io::Error| Failure::new(format!("{}: {error}", path.display()));
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(refuse)?;
        let deadline = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(held(&mut file, &path, patience)),
                Err(TryLockError::Error(error)) => return Err(refuse(error)),
            }
        }
        sign(&mut file).map_err(refuse)?;
        checkout::resume(git)?;
        Ok(Self { _file: file })
    }
}

/// Leaves the holder's name for those who wait.
fn sign(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "process {}", std::process::id())
}

fn held(file: &mut File, path: &Path, patience: Duration) -> Failure {
    let mut holder = String::new();
    let read = file.rewind().and_then(|()| file.read_to_string(&mut holder));
    let holder = match read {
        Ok(_) if !holder.trim().is_empty() => format!("another `git incident` ({})", holder.trim()),
        _ => "another `git incident`".to_owned(),
    };
    Failure::new(format!("{holder} is writing to this repository; it was not done after {} s", patience.as_secs()))
        .hint("try again, or end that process: the lock goes with it")
        .hint(format!("the lock is {}; to remove the file does not help", path.display()))
}
