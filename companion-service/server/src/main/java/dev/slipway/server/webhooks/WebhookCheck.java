package dev.slipway.server.webhooks;

import dev.slipway.server.http.Violations;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a webhook must fulfil. */
final class WebhookCheck {
    private static final Pattern TYPE = Pattern.compile("[a-z0-9]+([._-][a-z0-9]+)*");
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{16,200}");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TYPE = 100;
    private static final int MOST_TYPES = 100;

    private WebhookCheck() {}

    /** Refuses values that can be no webhook's (422). Only what is given is looked at. */
    static void values(
            Targets targets,
            @Nullable String name,
            @Nullable String url,
            @Nullable List<String> types,
            @Nullable String secret) {
        Violations violations = new Violations();
        violations.check(
                name == null
                        || (!name.isBlank()
                                && name.length() <= LONGEST_NAME
                                && name.codePoints().noneMatch(Character::isISOControl)),
                "/name",
                "has 1 to " + LONGEST_NAME + " characters, none of them a control character");
        Optional<String> fault = url == null ? Optional.empty() : targets.fault(url);
        violations.check(fault.isEmpty(), "/url", fault.orElse(""));
        if (types != null) {
            violations.check(types.size() <= MOST_TYPES, "/event_types", "names at most " + MOST_TYPES + " types");
            for (int i = 0; i < Math.min(MOST_TYPES, types.size()); i++) {
                String type = types.get(i);
                violations.check(
                        type.length() <= LONGEST_TYPE && TYPE.matcher(type).matches(),
                        "/event_types/" + i,
                        "is a type of events, such as build.finished");
            }
        }
        violations.check(
                secret == null || SECRET.matcher(secret).matches(),
                "/secret",
                "has 16 to 200 visible ASCII characters");
        violations.throwIfAny();
    }
}
