package dev.slipway.cli;

import dev.slipway.api.identity.AuditEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Prints who changed what from where, newest first; needs the scope audit:read.",
        footer = {
            "",
            "Examples:",
            "  slipway audit --actor ada --since 2026-01-31T00:00:00Z",
            "  slipway audit --kind release --id 4",
            "  slipway audit --action ban --json"
        })
final class AuditCommand extends RemoteCommand {
    @Option(names = "--actor", paramLabel = "USER", description = "Changes of this user.")
    private @Nullable String actor;

    @Option(
            names = "--action",
            paramLabel = "WORD",
            description = "Changes of this sort, for example create or commit.")
    private @Nullable String action;

    @Option(names = "--kind", paramLabel = "KIND", description = "Of such things, for example release or grant.")
    private @Nullable String kind;

    @Option(names = "--id", paramLabel = "ID", description = "Of the thing with this id.")
    private @Nullable String id;

    @Option(names = "--since", paramLabel = "TIME", description = "From this moment on, as 2026-01-31T12:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before this moment.")
    private @Nullable Instant until;

    @Option(names = "--page", paramLabel = "NUMBER", description = "Which page of the changes, counted from 1.")
    private int page = 1;

    @Option(
            names = "--per-page",
            paramLabel = "NUMBER",
            description = "How many on a page, at most 200; 50 when absent.")
    private int perPage = 50;

    @Override
    public Integer call() throws IOException {
        List<AuditEvent> events = client().audit().page(filter(), page, perPage).events();
        output.json(events);
        Table table = new Table("AT", "ACTOR", "ACTION", "WHAT", "FROM", "TRACE");
        events.forEach(e -> table.row(
                e.at(), e.actor(), e.action(), e.objectKind() + " " + e.objectId(), e.remoteAddress(), e.traceId()));
        output.result(table);
        return ExitCode.OK;
    }

    private Map<String, @Nullable Object> filter() {
        Map<String, @Nullable Object> filter = new LinkedHashMap<>();
        filter.put("actor", actor);
        filter.put("action", action);
        filter.put("object_kind", kind);
        filter.put("object_id", id);
        filter.put("since", since);
        filter.put("until", until);
        filter.values().removeIf(Objects::isNull);
        return filter;
    }
}
