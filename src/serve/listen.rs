//! Which port to listen on. The address is always this machine's own: a preview is not a web server.

use std::io;
use std::net::Ipv4Addr;

use tokio::net::TcpListener;

use super::ServeError;

/// Where the search for a free port starts.
pub const DEFAULT_PORT: u16 = 8000;
const LAST_PORT: u16 = DEFAULT_PORT + 19;

/// Takes the port that was asked for, else the first free one of a short range.
pub async fn bind(port: Option<u16>) -> Result<TcpListener, ServeError> {
    if let Some(port) = port {
        return loopback(port).await.map_err(|source| ServeError::Port { port, source });
    }
    for port in DEFAULT_PORT..=LAST_PORT {
        match loopback(port).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(source) => return Err(ServeError::Port { port, source }),
        }
    }
    Err(ServeError::NoFreePort { first: DEFAULT_PORT, last: LAST_PORT })
}

async fn loopback(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
}
