package dev.slipway.cli;

import dev.slipway.api.webhooks.Webhook;
import dev.slipway.api.webhooks.WebhookDelivery;
import dev.slipway.api.webhooks.WebhookRequest;
import dev.slipway.api.webhooks.WebhookUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "webhook",
        mixinStandardHelpOptions = true,
        description = "Has addresses told of events over HTTP, and shows what became of it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway webhook create --event build.finished chat https://chat.example/hooks/7",
            "  slipway webhook list",
            "  slipway webhook update --address https://chat.example/hooks/8 3",
            "  slipway webhook ping 3",
            "  slipway webhook deliveries 3",
            "  slipway webhook redeliver 3 1204",
            "  slipway webhook delete 3"
        },
        subcommands = {
            WebhookCommand.Create.class,
            WebhookCommand.ListAll.class,
            WebhookCommand.Update.class,
            WebhookCommand.Delete.class,
            WebhookCommand.Ping.class,
            WebhookCommand.Deliveries.class,
            WebhookCommand.Redeliver.class
        })
final class WebhookCommand {
    private WebhookCommand() {}

    /** A secret from a file, so that it is in no list of processes. */
    private static @Nullable String secret(@Nullable Path file) throws IOException {
        return file == null ? null : Files.readString(file).strip();
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a webhook and shows its secret once.")
    static final class Create extends RemoteCommand {
        @Option(
                names = "--event",
                paramLabel = "TYPE",
                description = "Tell of events of this type, such as build.finished; of every one when absent.")
        private List<String> events = new ArrayList<>();

        @Option(names = "--secret-file", paramLabel = "FILE", description = "Holds the secret; made up when absent.")
        private @Nullable Path secretFile;

        @Parameters(index = "0", paramLabel = "NAME", description = "What it is for.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "URL", description = "Where to tell it.")
        private String url = "";

        @Override
        public Integer call() throws IOException {
            String secret = secret(secretFile);
            WebhookRequest request = new WebhookRequest(name, url, events.isEmpty() ? null : events, secret);
            Webhook webhook =
                    client().webhooks().create(request, UUID.randomUUID().toString());
            output.json(secret == null ? webhook : webhook.withoutSecret());
            output.result("webhook " + webhook.id());
            if (secret == null) {
                output.result(Objects.requireNonNullElse(
                        webhook.secret(), "the answer with its secret was lost: set a new one with update"));
            }
            return ExitCode.OK;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists webhooks, without their secrets.")
    static final class ListAll extends RemoteCommand {
        @Override
        public Integer call() throws IOException {
            List<Webhook> webhooks = client().webhooks().list();
            output.json(webhooks);
            Table table = new Table("ID", "NAME", "STATE", "EVENTS", "URL");
            webhooks.forEach(w -> table.row(
                    w.id(),
                    w.name(),
                    state(w),
                    w.eventTypes().isEmpty() ? "all" : String.join(" ", w.eventTypes()),
                    w.url()));
            output.result(table);
            return ExitCode.OK;
        }

        private static String state(Webhook webhook) {
            if (webhook.active()) {
                return webhook.failingSince() == null ? "active" : "failing since " + webhook.failingSince();
            }
            return webhook.disabledReason() == null ? "off" : "off: " + webhook.disabledReason();
        }
    }

    @Command(name = "update", mixinStandardHelpOptions = true, description = "Changes a webhook; what is absent stays.")
    static final class Update extends RemoteCommand {
        @Option(names = "--name", paramLabel = "NAME", description = "Another name.")
        private @Nullable String name;

        @Option(names = "--address", paramLabel = "URL", description = "Another address.")
        private @Nullable String url;

        @Option(names = "--event", paramLabel = "TYPE", description = "Tell of these types of events alone.")
        private List<String> events = new ArrayList<>();

        @Option(names = "--all-events", description = "Tell of every event.")
        private boolean allEvents;

        @Option(names = "--secret-file", paramLabel = "FILE", description = "Holds another secret.")
        private @Nullable Path secretFile;

        @Option(names = "--active", negatable = true, description = "Switch it on, or with --no-active off.")
        private @Nullable Boolean active;

        @Parameters(paramLabel = "WEBHOOK", description = "The webhook's id.")
        private long id;

        @Override
        public Integer call() throws IOException {
            if (allEvents && !events.isEmpty()) {
                throw new CliException(ExitCode.USAGE, "give either --event or --all-events");
            }
            List<String> types = allEvents ? List.of() : events.isEmpty() ? null : events;
            Webhook webhook = client().webhooks()
                    .update(id, new WebhookUpdate(name, url, types, secret(secretFile), active, null));
            output.json(webhook);
            output.result("webhook " + id + " is at revision " + webhook.revision());
            return ExitCode.OK;
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes a webhook.")
    static final class Delete extends RemoteCommand {
        @Parameters(paramLabel = "WEBHOOK", description = "The webhook's id.")
        private long id;

        @Override
        public Integer call() throws IOException {
            client().webhooks().delete(id);
            output.json(Map.of("deleted", id));
            return ExitCode.OK;
        }
    }

    @Command(name = "ping", mixinStandardHelpOptions = true, description = "Sends a webhook a ping.")
    static final class Ping extends RemoteCommand {
        @Parameters(paramLabel = "WEBHOOK", description = "The webhook's id.")
        private long id;

        @Override
        public Integer call() throws IOException {
            WebhookDelivery delivery =
                    client().webhooks().ping(id, UUID.randomUUID().toString());
            output.json(delivery);
            output.result("delivery " + delivery.id() + " will be sent");
            return ExitCode.OK;
        }
    }

    @Command(name = "deliveries", mixinStandardHelpOptions = true, description = "Shows what a webhook was told.")
    static final class Deliveries extends RemoteCommand {
        @Parameters(paramLabel = "WEBHOOK", description = "The webhook's id.")
        private long id;

        @Override
        public Integer call() throws IOException {
            List<WebhookDelivery> deliveries = client().webhooks().deliveries(id);
            output.json(deliveries);
            Table table = new Table("ID", "EVENT", "STATE", "TRIES", "LAST", "NEXT TRY");
            deliveries.forEach(d -> table.row(
                    d.id(),
                    d.eventType(),
                    d.state(),
                    d.attempts().isEmpty() ? 0 : d.attempts().get(0).number(),
                    d.attempts().isEmpty() ? null : outcome(d.attempts().get(0)),
                    d.nextAttemptAt()));
            output.result(table);
            return ExitCode.OK;
        }

        private static String outcome(WebhookDelivery.Attempt attempt) {
            return attempt.error() != null
                    ? attempt.error()
                    : attempt.status() == null ? "is being sent" : String.valueOf(attempt.status());
        }
    }

    @Command(name = "redeliver", mixinStandardHelpOptions = true, description = "Sends a delivery again.")
    static final class Redeliver extends RemoteCommand {
        @Parameters(index = "0", paramLabel = "WEBHOOK", description = "The webhook's id.")
        private long id;

        @Parameters(index = "1", paramLabel = "DELIVERY", description = "The delivery's id.")
        private long delivery;

        @Override
        public Integer call() throws IOException {
            WebhookDelivery again = client().webhooks().redeliver(id, delivery);
            output.json(again);
            output.result("delivery " + again.id() + " will be sent again");
            return ExitCode.OK;
        }
    }
}
