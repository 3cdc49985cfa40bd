package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.http.Json;
import dev.slipway.server.testing.CompanionExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** Runs command lines as the program does, against a companion and with what they print kept. */
final class Cli {
    private final String url;
    private final Path tokenFile;

    Cli(String url, String token) {
        this.url = url;
        try {
            tokenFile = Files.createTempFile("slipway-token-", "");
            Files.writeString(tokenFile, token + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tokenFile.toFile().deleteOnExit();
    }

    /** As a user with all rights. */
    static Cli admin(CompanionExtension companion) {
        return as(companion, "admin-" + System.nanoTime(), "admin");
    }

    static Cli as(CompanionExtension companion, String user, String role) {
        return new Cli(companion.url().toString(), token(companion, user, role));
    }

    private static String token(CompanionExtension companion, String user, String role) {
        return companion
                .admin()
                .post("/api/v1/tokens/", new dev.slipway.api.identity.TokenRequest("test", null, role, null, user))
                .json()
                .path("token")
                .asText();
    }

    /** What a command line came to. */
    record Ran(int exit, String out, String err) {
        JsonNode json() {
            try {
                return Json.mapper().readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(toString(), e);
            }
        }

        /** What it complained about: the last line on standard error. */
        String complaint() {
            return err.lines().reduce((former, latter) -> latter).orElse("");
        }
    }

    /** Without a companion. */
    static Ran plain(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Slipway.commandLine()
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int exit = line.execute(arguments);
        line.getOut().flush();
        line.getErr().flush();
        return new Ran(exit, out.toString(), err.toString());
    }

    Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", url, "--token-file", tokenFile.toString()));
        return plain(all.toArray(String[]::new));
    }

    /** In a thread of its own, for commands that wait for what the test does next. */
    CompletableFuture<Ran> start(String... arguments) {
        return CompletableFuture.supplyAsync(() -> run(arguments));
    }
}
