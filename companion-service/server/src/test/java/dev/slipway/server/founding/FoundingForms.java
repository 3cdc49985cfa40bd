package dev.slipway.server.founding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** The answers of the founding document, each member with its type, in the document's order and spelling. */
final class FoundingForms {
    static final String PLATFORM = "{id: integer, name: string, arch_list: [string]}";
    static final String USER = "{id: integer, username: string, email: string}";
    static final String REF = "{url: string, git_ref?: string}";
    static final String TASK = "{id: integer, ts?: datetime, status: integer, index: integer, arch: string,"
            + " platform: {id: integer, type: string, name: string, arch_list: [string]}, ref: " + REF
            + ", artifacts: [{id: integer, name: string, type: string, href: string}]}";
    static final String BUILD =
            "{id: integer, created_at: datetime, tasks: [" + TASK + "], user: " + USER + ", linked_builds?: [integer]}";
    static final String NODE_TASK = "{id: integer, arch: string, ref: " + REF
            + ", platform: {name: string, type: string, data: dictionary}, created_by: {name: string, email: string},"
            + " repositories: [{name: string, url: string}], linked_builds?: [integer]}";
    static final String DISTRIBUTION = "{id: integer, name: string}";
    static final String PROJECT = "{name: string, clone_url: string, tags: [string], branches: [string]}";
    static final String RELEASE =
            "{id: integer, status: integer, build_ids: [integer], plan?: dictionary, created_by: " + USER + "}";
    static final String REPOSITORY = "{id: integer, name: string, arch: string, url: string, type: string,"
            + " debug?: boolean, production?: boolean, pulp_href?: boolean}";
    static final String SIGN_KEY = "{id: integer, name: string, description: string, keyid: string,"
            + " public_url: string, inserted: datetime}";
    static final String SIGN_TASK = "{id: integer, build_id: integer, sign_key: " + SIGN_KEY
            + ", status: integer, error_message?: string, log_href?: string}";
    static final String TEST = "{id: integer, package_name: string, package_version: string,"
            + " package_release?: string, status: integer, revision: integer, alts_response: dictionary}";

    private FoundingForms() {}

    /** The form of what is read under a name of the document. */
    static String of(String name) {
        return switch (name) {
            case "builds" -> "[" + BUILD + "]";
            case "build" -> BUILD;
            case "distributions" -> "[" + DISTRIBUTION + "]";
            case "platforms" -> "[" + PLATFORM + "]";
            case "releases" -> "[" + RELEASE + "]";
            case "repositories" -> "[" + REPOSITORY + "]";
            case "sign-keys" -> "[" + SIGN_KEY + "]";
            case "sign-tasks" -> "[" + SIGN_TASK + "]";
            case "tests" -> "[" + TEST + "]";
            case "projects" -> "[" + PROJECT + "]";
            case "users" -> "[" + USER + "]";
            default -> USER;
        };
    }

    static void assertForm(String shape, JsonNode answer) {
        assertThat(FoundingShape.faults(shape, answer))
                .as(String.valueOf(answer))
                .isEmpty();
    }
}
