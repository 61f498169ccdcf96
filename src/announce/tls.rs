//! What to say of a server that TLS refuses to speak to.

use rustls::CertificateError;

use super::deliver::Trouble;

/// `server` is how the server is called without a secret. A certificate does not get better by trying again.
pub fn trouble(error: &rustls::Error, server: &str) -> Trouble {
    let rustls::Error::InvalidCertificate(why) = error else { return Trouble::passing(format!("{server}: {error}")) };
    let fault = match why {
        CertificateError::UnknownIssuer => {
            "is of no authority that is trusted here; `SSL_CERT_FILE` names a file with the certificates of one's own, as PEM"
                .to_owned()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "is for another name".to_owned()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "has expired".to_owned(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => "is not valid yet".to_owned(),
        CertificateError::Revoked => "was revoked".to_owned(),
        other => format!("cannot be trusted: {other}"),
    };
    Trouble::lasting(format!("the certificate of the server {server} {fault}"))
}
