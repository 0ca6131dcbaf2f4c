//! Limits of messages and commands, and who is pinged.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use crate::support::discord::commands;
use crate::support::discord::error::FormErrors;
use crate::support::discord::limits;
use crate::support::discord::mentions::{can_ping_nobody, pings};

/// What is found wrong, as `path: code`, a line each.
fn found(check: impl FnOnce(&mut FormErrors)) -> String {
    fn walk(node: &Value, path: &str, lines: &mut Vec<String>) {
        for (name, below) in node.as_object().into_iter().flatten() {
            if name == "_errors" {
                let codes = limits::items(below).iter().map(|error| error["code"].as_str().unwrap_or("?"));
                lines.extend(codes.map(|code| format!("{path}: {code}")));
            } else {
                walk(below, format!("{path}.{name}").trim_start_matches('.'), lines);
            }
        }
    }
    let mut errors = FormErrors::default();
    check(&mut errors);
    let mut lines = Vec::new();
    if let Err(error) = errors.into_result() {
        assert_eq!((error.status, error.code), (400, 50035));
        walk(&error.errors.unwrap_or_default(), "", &mut lines);
    }
    lines.sort();
    lines.join("\n")
}

fn check_message(body: Value, expected: Expect) {
    expected.assert_eq(&found(|errors| limits::message(&body, "", errors)));
}

fn check_commands(body: Value, expected: Expect) {
    expected.assert_eq(&found(|errors| commands::check_all(limits::items(&body), errors)));
}

fn long(length: usize) -> String {
    "é".repeat(length)
}

#[test]
fn content_and_embeds() {
    let full = json!({"title": long(256), "author": {"name": long(256)}, "description": long(4096)});
    let footer = json!({"footer": {"text": long(1392)}});
    check_message(json!({"content": long(2000), "embeds": [full, footer]}), expect![""]);
    check_message(
        json!({"embeds": [full, footer, {"title": "x"}]}),
        expect!["embeds: MAX_EMBED_SIZE_EXCEEDED"],
    );
    check_message(json!({"content": long(2001)}), expect!["content: BASE_TYPE_MAX_LENGTH"]);
    check_message(
        json!({"embeds": vec![json!({"title": "x"}); 11]}),
        expect!["embeds: BASE_TYPE_MAX_LENGTH"],
    );
    check_message(
        json!({"embeds": [{
            "title": long(257), "description": long(4097), "footer": {"text": long(2049)}, "author": {"name": long(257)},
        }]}),
        expect![[r#"
            embeds.0.author.name: BASE_TYPE_MAX_LENGTH
            embeds.0.description: BASE_TYPE_MAX_LENGTH
            embeds.0.footer.text: BASE_TYPE_MAX_LENGTH
            embeds.0.title: BASE_TYPE_MAX_LENGTH
            embeds: MAX_EMBED_SIZE_EXCEEDED"#]],
    );
    check_message(json!({"embeds": [{}]}), expect!["embeds.0.description: BASE_TYPE_REQUIRED"]);
    check_message(
        json!({"embeds": [{"title": "x", "url": "file:///etc/passwd"}]}),
        expect!["embeds.0.url: URL_TYPE_INVALID_SCHEME"],
    );
    let field = json!({"name": long(256), "value": long(1024)});
    check_message(json!({"embeds": [{"fields": [field]}]}), expect![""]);
    check_message(
        json!({"embeds": [{"fields": vec![json!({"name": "a", "value": "b"}); 26]}]}),
        expect!["embeds.0.fields: BASE_TYPE_MAX_LENGTH"],
    );
    check_message(
        json!({"embeds": [{"fields": [{"name": "", "value": long(1025)}]}]}),
        expect![[r#"
            embeds.0.fields.0.name: BASE_TYPE_BAD_LENGTH
            embeds.0.fields.0.value: BASE_TYPE_BAD_LENGTH"#]],
    );
}

#[test]
fn rows_and_buttons() {
    let button = |id: String| json!({"type": 2, "style": 1, "label": long(80), "custom_id": id});
    let row = |row: usize, width: usize| {
        let buttons = (0..width).map(|column| button(format!("{row}-{column}"))).collect::<Vec<_>>();
        json!({"type": 1, "components": buttons})
    };
    let rows = |count: usize, width: usize| json!({"components": (0..count).map(|n| row(n, width)).collect::<Vec<_>>()});
    check_message(rows(5, 5), expect![""]);
    check_message(rows(6, 1), expect!["components: BASE_TYPE_MAX_LENGTH"]);
    check_message(rows(1, 6), expect!["components.0.components: BASE_TYPE_BAD_LENGTH"]);
    check_message(rows(1, 0), expect!["components.0.components: BASE_TYPE_BAD_LENGTH"]);

    let check = |button: Value, expected| {
        check_message(json!({"components": [{"type": 1, "components": [button]}]}), expected)
    };
    check(button(long(100)), expect![""]);
    check(button(long(101)), expect!["components.0.components.0.custom_id: BASE_TYPE_BAD_LENGTH"]);
    check(
        json!({"type": 2, "style": 1, "label": long(81)}),
        expect![[r#"
            components.0.components.0.custom_id: BASE_TYPE_REQUIRED
            components.0.components.0.label: BASE_TYPE_MAX_LENGTH"#]],
    );
    check(
        json!({"type": 2, "style": 5, "label": "source"}),
        expect!["components.0.components.0.url: BASE_TYPE_REQUIRED"],
    );
    check(json!({"type": 2, "style": 5, "label": "source", "url": "https://example.org"}), expect![""]);
    check(
        json!({"type": 2, "style": 5, "label": "source", "url": "not a link"}),
        expect!["components.0.components.0.url: URL_TYPE_INVALID_URL"],
    );
    check(
        json!({"type": 2, "style": 2, "custom_id": "x"}),
        expect!["components.0.components.0.label: BUTTON_COMPONENT_INVALID_LABEL"],
    );
    check_message(
        json!({"components": [row(1, 1), row(1, 1)]}),
        expect!["components.1.components.0.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED"],
    );
    check_message(
        json!({"components": [button("loose".to_owned())]}),
        expect!["components.0.type: UNION_TYPE_CHOICES"],
    );
}

#[test]
fn choices_and_forms() {
    let check_choices = |choices: Value, expected: Expect| {
        expected.assert_eq(&found(|errors| limits::choices(&json!({"choices": choices}), errors)));
    };
    check_choices(json!(vec![json!({"name": long(100), "value": long(100)}); 25]), expect![""]);
    check_choices(
        json!(vec![json!({"name": "a", "value": "b"}); 26]),
        expect!["data.choices: BASE_TYPE_MAX_LENGTH"],
    );
    check_choices(
        json!([{"name": long(101), "value": ""}]),
        expect![[r#"
            data.choices.0.name: BASE_TYPE_BAD_LENGTH
            data.choices.0.value: BASE_TYPE_BAD_LENGTH"#]],
    );
    let form = |title: String, label: String| {
        let input = json!({"type": 4, "style": 1, "custom_id": "text", "label": label});
        let form =
            json!({"custom_id": "form", "title": title, "components": [{"type": 1, "components": [input]}]});
        found(|errors| limits::modal(&form, errors))
    };
    assert_eq!(form(long(45), long(45)), "");
    expect![[r#"
        data.components.0.components.0.label: BASE_TYPE_BAD_LENGTH
        data.title: BASE_TYPE_BAD_LENGTH"#]]
    .assert_eq(&form(long(46), long(46)));
}

#[test]
fn names_of_commands() {
    let named = |name: &str| json!([{"name": name, "description": "d"}]);
    for name in ["ask", "spør", "спросить", "질문", "सवाल", "ถาม", "a-b_c", "x1"] {
        check_commands(named(name), expect![""]);
    }
    for name in ["Ask", "two words", "ask!", "a/b", "😀"] {
        check_commands(named(name), expect!["0.name: APPLICATION_COMMAND_INVALID_NAME"]);
    }
    check_commands(named(&"a".repeat(33)), expect!["0.name: BASE_TYPE_BAD_LENGTH"]);
    check_commands(json!([{"name": "Find the answer", "type": 3}]), expect![""]);
    check_commands(
        json!([{"name": "ask", "description": "d", "name_localizations": {"fa": "x", "de": "Frage"}}]),
        expect![[r#"
            0.name_localizations.de: APPLICATION_COMMAND_INVALID_NAME
            0.name_localizations.fa: ENUM_TYPE_COERCE"#]],
    );
}

#[test]
fn lists_of_commands_and_options() {
    let numbered = |count: usize, kind: u64| -> Value {
        let description = if kind == 1 { "d" } else { "" };
        (0..count)
            .map(|n| json!({"name": format!("c{n}"), "description": description, "type": kind}))
            .collect()
    };
    check_commands(numbered(100, 1), expect![""]);
    check_commands(numbered(101, 1), expect!["0: APPLICATION_COMMAND_TOO_MANY"]);
    check_commands(numbered(16, 3), expect!["0: APPLICATION_COMMAND_TOO_MANY"]);
    check_commands(
        json!([{"name": "a", "description": "d"}, {"name": "a", "description": ""}]),
        expect![[r#"
            1.description: BASE_TYPE_BAD_LENGTH
            1.name: APPLICATION_COMMANDS_DUPLICATE_NAME"#]],
    );
    let with = |options: Value| json!([{"name": "a", "description": "d", "options": options}]);
    let option = |name: &str, required: bool| json!({"type": 3, "name": name, "description": "d", "required": required});
    let many: Value = (0..26).map(|n| option(&format!("o{n}"), false)).collect();
    check_commands(with(many), expect!["0.options: BASE_TYPE_MAX_LENGTH"]);
    check_commands(
        with(json!([option("a", false), option("b", true)])),
        expect!["0.options.1.required: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"],
    );
    let below = json!({"type": 1, "name": "sub", "description": "d", "options": [option("a", true)]});
    check_commands(with(json!([below])), expect![""]);
    check_commands(
        with(json!([below, option("b", false)])),
        expect!["0.options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"],
    );
    let nested = json!({"type": 1, "name": "sub", "description": "d", "options": [below]});
    check_commands(with(json!([nested])), expect!["0.options.0.options.0.type: BASE_TYPE_CHOICES"]);
}

#[test]
fn whom_a_message_pings() {
    let content = "@everyone <@1> <@!2> <@&3>";
    let check = |allowed: Value, expected: &str| {
        let pings = pings(content, true, &allowed);
        let seen = format!("{} {:?} {:?} {}", pings.everyone, pings.users, pings.roles, pings.replied_user);
        assert_eq!(seen, expected, "{allowed}");
        assert_eq!(can_ping_nobody(&allowed), pings.is_nobody(), "{allowed}");
    };
    check(Value::Null, "true {1, 2} {3} true");
    check(json!({"parse": []}), "false {} {} false");
    check(json!({"parse": [], "replied_user": true}), "false {} {} true");
    check(json!({"parse": ["users"]}), "false {1, 2} {} false");
    check(json!({"parse": ["roles", "everyone"]}), "true {} {3} false");
    check(json!({"users": ["2"]}), "false {2} {} false");
    // What could ping counts, even where nothing in this content does.
    assert!(
        !can_ping_nobody(&json!({"users": ["9"]})) && pings("", false, &json!({"users": ["9"]})).is_nobody()
    );
}
