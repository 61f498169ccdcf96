use super::find;

/// What is found, as it stands in the text, with its kind.
fn found(text: &str) -> Vec<(&str, &'static str)> {
    find(text).into_iter().map(|secret| (&text[secret.span.range()], secret.kind)).collect()
}

/// Written in two parts, so that this file is not what other scanners look for.
fn joined(start: &str, rest: &str) -> String {
    format!("{start}{rest}")
}

#[test]
fn tokens_are_known_by_their_form() {
    let tokens = [
        (joined("AKIA", "Q3EGRZ5WLX7TJ2KD"), "AWS access key"),
        (joined("AIza", "SyB9s4kLmN2pQ7rT1vW3xY5zA6bC8dE0fGh"), "Google API key"),
        (joined("ghp_", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17"), "GitHub token"),
        (joined("glpat-", "x9Kd-72mZqLpW4vT_sRb"), "GitLab token"),
        (joined("xoxb-", "2048193756-9471620385-kQzV7mTfLw2RbXs9"), "Slack token"),
        (joined("https://hooks.slack.com/services/", "T7Q2M9K4L/B8W3N5R1P/kQzV7mTfLw2RbXs9HdYc6Gna"), "Slack webhook"),
        (joined("sk_live_", "9aKzQ4mTfLw2RbXs7HdYc6Gn"), "Stripe key"),
        (joined("npm_", "kQzV7mTfLw2RbXs9HdYc6GnaE4jPu8oWi1Bx"), "npm token"),
        (
            joined("eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXJhIiwiYWRtIjp0cnVlfQ.kQzV7mTfLw2RbXs9HdYc6GnaE4jPu8oWi1Bx"),
            "JSON web token",
        ),
    ];
    for (token, kind) in &tokens {
        let text = format!("Used {token}. Then revoked it.");
        let start = token.find("hooks").unwrap_or(0);
        assert_eq!(found(&text), [(&token[start..], *kind)]);
        let inside = format!("x{token}");
        assert!(start > 0 || find(&inside).is_empty(), "{inside}");
    }
}

#[test]
fn a_checksum_tells_a_token_from_its_look_alike() {
    assert_eq!(found(&joined("ghp_", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18")), []);
    assert_eq!(found(&joined("ghp_", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq1")), []);
}

#[test]
fn the_values_of_manuals_are_left_alone() {
    for text in [
        "AKIAIOSFODNN7EXAMPLE",
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEkQzV7mTfLw2RbXs9HdYc6Gna\n-----END PUBLIC KEY-----",
        "password=$DB_PASSWORD_2a4b6c, token: {{ t0k3n1a2b }}, secret=<s3cr3t9x8y>, api_key=a1b2...c3d4e5",
        "postgres://user:password@db/shop, https://git:git@host, amqp://app:$PASS@mq, redis://:***@cache",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_setting_with_a_random_value_is_a_credential() {
    let assigned = |text: &str| found(text).into_iter().map(|(value, _)| value.to_owned()).collect::<Vec<_>>();
    assert_eq!(assigned("password=Tr0ub4dor9x3"), ["Tr0ub4dor9x3"]);
    assert_eq!(assigned("{\"API_KEY\": \"9f8a7c6e5b4d\"}"), ["9f8a7c6e5b4d"]);
    assert_eq!(assigned("AWS_SECRET_ACCESS_KEY=wJ4lrX7tnF3MI/K9MDENG/bPx2fiCY"), ["wJ4lrX7tnF3MI/K9MDENG/bPx2fiCY"]);
    assert_eq!(assigned("curl -H 'Authorization: Bearer k9Qz4V7mTf2Lw8Rb'"), ["k9Qz4V7mTf2Lw8Rb"]);
    for text in [
        "The password is Tr0ub4dor9x3.",
        "password is: Tr0ub4dor9x3",
        "pwd=Tr0ub4dor9x3",
        "비밀번호: Tr0ub4dor9x3",
        "パスワード：Tr0ub4dor9x3",
    ] {
        assert_eq!(assigned(text), ["Tr0ub4dor9x3"], "{text}");
    }
    assert_eq!(assigned("postgres://app:w1nter-tide@db-7/shop"), ["w1nter-tide"]);
}

#[test]
fn words_versions_and_dates_are_no_credentials() {
    for text in [
        "The password: nobody knew it. Every token: expired-since-2024-05-01",
        "password=2024-05-01T09:50:00Z secret=payments-api@4.18.2-rc1 token=PaymentsGatewayTimeout2",
        "tokens: 4100 per minute, secrets: none, authorization: required-since-v2",
        "password=a1b2c3d4e, PWD=/srv/releases/4f2a9c1e7b, the password is not known, its token is expired",
        "next_token: MTIzNDU2Nzg5MA, page token=a1b2c3d4e5f6a7b8, System, PublicKeyToken=b77a5c561934e089",
        "API_KEY=test_1a2b3c4d5e6f, PASSWORD=fake-pa55-w0rd-x1, token: kube-system/default-token-x7f2k",
        "see https://graphs.example/pool?from=mara@example.com:8080 and http://host:8080/a@b",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_private_key_is_found_however_its_lines_end() {
    let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDkQzV7mTfLw2Rb";
    for separator in ["\n", "\r\n    ", "\\n"] {
        let key = format!(
            "note: |\n  -----BEGIN RSA PRIVATE KEY-----{separator}{line}{separator}-----END RSA PRIVATE KEY-----"
        );
        let block = format!("-----BEGIN RSA PRIVATE KEY-----{separator}{line}{separator}");
        assert_eq!(found(&key), [(block.as_str(), "private key")], "{separator:?}");
    }
}

#[test]
fn a_token_in_a_setting_is_found_once_and_by_its_name() {
    let token = joined("ghp_", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17");
    assert_eq!(found(&format!("GITHUB_TOKEN={token}")), [(token.as_str(), "GitHub token")]);
    assert_eq!(found(&format!("https://x-access-token:{token}@github.com/x")), [(token.as_str(), "GitHub token")]);
}
