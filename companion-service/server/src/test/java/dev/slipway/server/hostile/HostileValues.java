package dev.slipway.server.hostile;

import java.util.ArrayList;
import java.util.List;

/** What hostile and careless clients send, as raw text. */
final class HostileValues {
    private static final String LONG = "a".repeat(300);

    private HostileValues() {}

    /** Texts, not yet escaped for anything. */
    static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "..",
            "../../../etc/passwd",
            "/etc/passwd",
            "a/b",
            "a b",
            "%2e%2e%2f",
            "<script>alert(1)</script>",
            "'; drop table build; --",
            "\" or 1=1",
            "a\r\nSet-Cookie: a=b",
            "\u001b[31mred",
            "\u202egnp.exe",
            "\u2028",
            "\ufeffbom",
            "na\u00efve \u65e5\u672c\u8a9e",
            "\ud83d\ude00",
            "${jndi:ldap://127.0.0.1/a}",
            "{{7*7}}",
            "-rf",
            "\\",
            "%s%n%x",
            "*",
            "[",
            "(a+)+$",
            "true",
            "null",
            "NaN",
            "-1",
            "9223372036854775808",
            "1e309",
            "http://169.254.169.254/latest/",
            "file:///etc/passwd",
            "https://user:secret@localhost/",
            "http://[::1",
            "javascript:alert(1)",
            "+999999999-12-31T23:59:59.999999999Z",
            "-999999999-01-01T00:00:00Z",
            "0000-00-00T99:99:99Z",
            "1970-01-01T00:00:00Z",
            "P-1D",
            "00000000-0000-0000-0000-000000000000",
            "0".repeat(64),
            "A".repeat(40),
            LONG,
            "\u00e9".repeat(20_000));

    /** JSON values that are of no use to most members; raw, not all of them legal JSON. */
    static final List<String> SHAPES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "1" + "0".repeat(900),
            "1.5",
            "1e400",
            "-0",
            "1e-400",
            "1E999999999",
            "NaN",
            "01",
            "[]",
            "{}",
            "[null]",
            "[[[[]]]]",
            "[0,0]",
            "[-1,9223372036854775807]",
            "[\"\",\"\"]",
            "[{}]",
            "{\"\":\"\"}",
            "{\"a\":{\"a\":{\"a\":[{}]}}}",
            "{\"\\u0000\":\"\\u0000\"}",
            "{\"__proto__\":{},\"@type\":\"com.slipway.Evil\"}",
            "[\"com.slipway.Evil\",\"http://127.0.0.1/\"]",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"unterminated",
            "'single'");

    /** Whole bodies, the same for every operation. */
    static List<byte[]> bodies() {
        List<byte[]> bodies = new ArrayList<>();
        for (String text : List.of(
                "",
                " ",
                "null",
                "true",
                "0",
                "\"\"",
                "[]",
                "{}",
                "[{}]",
                "{",
                "{\"a\"",
                "{}{}",
                "{} x",
                "{\"a\":1,\"a\":2}",
                "{\"\":{}}",
                "{\"id\":1}",
                "/* a */ {}",
                "<xml/>",
                "a=b&c=d",
                "\ufeff{}",
                "[".repeat(100_000),
                "{\"a\":".repeat(50_000),
                "[".repeat(60) + "]".repeat(60),
                "{\"a\":\"" + "x".repeat(100_000) + "\"}",
                "[" + "1,".repeat(50_000) + "1]",
                "1" + "0".repeat(5_000))) {
            bodies.add(utf8(text));
        }
        bodies.add(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
        bodies.add(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'});
        bodies.add(new byte[] {0, 0, 0, '{', 0, 0, 0, '}'});
        bodies.add("{}".getBytes(java.nio.charset.StandardCharsets.UTF_16));
        bodies.add(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0});
        return bodies;
    }

    /** Segments of a path, encoded or not, as they are put on the wire. */
    static final List<String> SEGMENTS = List.of(
            "0",
            "-1",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "99999999999999999999999999",
            "1.0",
            "1e3",
            "0x1",
            "+1",
            "01",
            "%20",
            "1%20",
            "null",
            "NaN",
            "%00",
            "a%00b",
            "%2e%2e",
            "..",
            ".",
            "..;",
            "1;a=b",
            "a%2Fb",
            "%2Fetc%2Fpasswd",
            "..%2F..%2Fetc%2Fpasswd",
            "..%5c..%5c",
            "a%5Cb",
            "%ff%fe",
            "%c0%ae",
            "%E2%82%AC",
            "%F0%9F%98%80",
            "%3Cscript%3E",
            "'%22--",
            "%0d%0aX:%20y",
            "%",
            "%zz",
            "%25",
            "a%20b",
            "\u00e9",
            "{id}",
            "*",
            "a".repeat(2_000),
            "%41".repeat(200));

    /** Values of a query's parameter, encoded. */
    static final List<String> QUERY = List.of(
            "",
            "%20",
            "0",
            "1",
            "-1",
            "2147483647",
            "2147483648",
            "-2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1.5",
            "1e3",
            "true",
            "TRUE",
            "null",
            "%00",
            "a%00b",
            "%ff",
            "%C3%28",
            "%",
            "%zz",
            "'%3B%20drop%20table%20build--",
            "%25",
            "_",
            "%5C",
            "%2A",
            "%5B",
            "%3Cscript%3E",
            "%E6%97%A5%F0%9F%98%80",
            "AA",
            "MA",
            "LTE",
            "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OQ",
            "OTIyMzM3MjAzNjg1NDc3NTgwNw",
            "AAAA",
            "_-__",
            "====",
            "a".repeat(3_000),
            "P-1D",
            "-999999999-01-01T00%3A00%3A00Z");

    /** Values of a header. */
    static final List<String> HEADER = List.of(
            "",
            "*",
            "\"",
            "\"\"",
            "\"0\"",
            "W/\"0\"",
            "\"9223372036854775808\"",
            "0",
            "-1",
            "9223372036854775808",
            "bytes=",
            "bytes=-",
            "bytes=-0",
            "bytes=5-1",
            "bytes=0-0,2-3,4-5",
            "bytes=99999999999999999999-",
            "sha-256=:AAAA:",
            "sha-256=::",
            "sha-256=:%%:",
            "md5=:AAAA:",
            "00000000-0000-0000-0000-000000000000",
            "1-1-1-1-1",
            "\u00e9\u00ff",
            "'; drop table build; --",
            "a,b,,c",
            "a".repeat(3_000));

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
