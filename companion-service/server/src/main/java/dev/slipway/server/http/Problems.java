package dev.slipway.server.http;

import dev.slipway.api.problems.Problem;
import dev.slipway.api.problems.ProblemError;
import dev.slipway.server.database.DatabaseUnavailableException;
import dev.slipway.server.database.SqlStates;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.glassfish.jersey.message.internal.HeaderValueException;
import org.glassfish.jersey.server.ParamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a request ends with into a problem document. Only what nobody expected is logged with its trace. */
public final class Problems implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @Override
    public Response toResponse(Throwable thrown) {
        return answer(problemOf(thrown), Trace.current());
    }

    static Response answer(ProblemException problem, String trace) {
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(document(problem, trace));
        problem.headers().forEach(answer::header);
        return answer.build();
    }

    static Problem document(ProblemException problem, String trace) {
        return new Problem(
                Problem.BASE + problem.name(),
                problem.title(),
                problem.status(),
                problem.getMessage(),
                "urn:slipway:trace:" + trace,
                problem.isRetryable(),
                problem.errors(),
                problem.members());
    }

    /** What a thrown thing is to the caller. */
    public static ProblemException problemOf(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ProblemException problem) {
                return problem;
            }
            if (t instanceof EofException || t instanceof HttpException) {
                return ProblemException.badRequest(
                        "the request's body ended before its announced length, or is not framed as HTTP has it");
            }
            if (t instanceof DatabaseUnavailableException) {
                LOG.warn("a request found the database away");
                return ProblemException.unavailable(
                        "the database cannot be reached at the moment; try again", Duration.ofSeconds(5));
            }
        }
        if (thrown instanceof ParamException parameter) {
            return ofParameter(parameter);
        }
        if (thrown instanceof HeaderValueException header
                && header.getContext() == HeaderValueException.Context.INBOUND) {
            return ProblemException.badRequest("a header of the request has a value that cannot be read");
        }
        if (thrown instanceof WebApplicationException web) {
            return ofStatus(web);
        }
        if (thrown instanceof EOFException || thrown instanceof InterruptedIOException) {
            return ProblemException.badRequest("the request's body ended before its announced length");
        }
        if (SqlStates.isUnstorableText(thrown)) {
            return ProblemException.badRequest("the request holds a text with a NUL character, which cannot be stored");
        }
        LOG.error("a request failed", thrown);
        return internal();
    }

    static ProblemException internal() {
        return ProblemException.of(
                "internal",
                500,
                "The service failed",
                "the service failed on this request; its log tells more under the id in 'instance'");
    }

    private static ProblemException ofParameter(ParamException e) {
        if (e instanceof ParamException.PathParamException) {
            return ProblemException.of("not-found", 404, "Not found", "there is nothing at this address");
        }
        String name = e.getParameterName();
        return ProblemException.badRequest("the parameter " + name + " has a value of the wrong kind")
                .errors(List.of(new ProblemError(name, "has a value of the wrong kind")));
    }

    private static ProblemException ofStatus(WebApplicationException e) {
        Response response = e.getResponse();
        ProblemException problem = ofStatus(response.getStatus());
        String allow = response.getHeaderString(HttpHeaders.ALLOW);
        return allow == null ? problem : problem.header(HttpHeaders.ALLOW, withHead(allow));
    }

    /** Jersey answers HEAD wherever it answers GET, but does not say so here. */
    private static String withHead(String allow) {
        Set<String> methods = new TreeSet<>(List.of(allow.split("[ ,]+", -1)));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return String.join(", ", methods);
    }

    /** The problem for a status that the HTTP layer itself answers with. */
    static ProblemException ofStatus(int status) {
        return switch (status) {
            case 400 -> ProblemException.badRequest("the request cannot be understood");
            case 404 -> ProblemException.of("not-found", 404, "Not found", "there is nothing at this address");
            case 405 ->
                ProblemException.of(
                        "method-not-allowed", 405, "Method not allowed", "this address does not take that method");
            case 406 ->
                ProblemException.of(
                        "not-acceptable", 406, "Not acceptable", "the answer exists in none of the types asked for");
            case 412 ->
                ProblemException.preconditionFailed(
                        "it is another one now than the request is based on; read it again");
            case 413 ->
                ProblemException.of("too-large", 413, "The body is too large", "the request's body is too large");
            case 414 ->
                ProblemException.of(
                        "uri-too-long", 414, "The address is too long", "the request's address is too long");
            case 431 ->
                ProblemException.of(
                        "headers-too-large", 431, "The headers are too large", "the request's headers are too large");
            case 415 ->
                ProblemException.of(
                        "unsupported-media-type",
                        415,
                        "Unsupported media type",
                        "the body's Content-Type is not accepted here");
            case 503 ->
                ProblemException.unavailable("the service is starting, stopping or overloaded", Duration.ofSeconds(5));
            default ->
                status >= 400 && status != 500
                        ? ProblemException.of(
                                "http-" + status, status, "The request was refused", "HTTP status " + status)
                        : internal();
        };
    }
}
