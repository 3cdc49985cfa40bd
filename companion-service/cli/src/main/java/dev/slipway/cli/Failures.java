package dev.slipway.cli;

import dev.slipway.client.auth.TokenRefusedException;
import dev.slipway.client.follow.CleanText;
import dev.slipway.client.http.ApiException;
import dev.slipway.client.http.UnreachableException;
import dev.slipway.worker.tools.UnsupportedHostException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns every failure into one line on standard error and an exit code; a stack trace only when asked for. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (System.getenv("SLIPWAY_DEBUG") != null) {
            throw e;
        }
        command.getErr().println("slipway: " + line(e));
        command.getErr().flush();
        return code(e);
    }

    /** A command line that is wrong is told in one line too: the whole usage would push it out of sight. */
    static int misused(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println("slipway: " + CleanText.line(String.valueOf(e.getMessage())) + "; see '"
                        + command.getCommandSpec().qualifiedName() + " --help'");
        command.getErr().flush();
        return ExitCode.USAGE;
    }

    private static String line(Exception e) {
        if (e instanceof NoSuchFileException missing) {
            return "no such file: " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        if (e instanceof ApiException refused && refused.status() == 401) {
            return refused.getMessage()
                    + "; log in with slipway login, or give a token with --token-file or SLIPWAY_TOKEN";
        }
        if (e instanceof ApiException failed) {
            return failed.withTrace();
        }
        if (e instanceof UnreachableException) {
            return e.getMessage() + "; is it running, and is --url right?";
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static int code(Exception e) {
        if (e instanceof CliException cli) {
            return cli.exitCode();
        }
        if (e instanceof UnreachableException) {
            return ExitCode.UNREACHABLE;
        }
        if (e instanceof TokenRefusedException) {
            return ExitCode.DENIED;
        }
        if (e instanceof ApiException refused) {
            return refused.status() == 401 || refused.status() == 403 ? ExitCode.DENIED : ExitCode.REFUSED;
        }
        if (e instanceof IllegalArgumentException) {
            return ExitCode.USAGE;
        }
        return e instanceof IOException || e instanceof UnsupportedHostException ? ExitCode.LOCAL : ExitCode.FAILED;
    }
}
