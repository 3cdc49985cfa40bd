package dev.slipway.server.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.slipway.api.problems.ProblemError;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON bodies. What cannot be read becomes a 400 that points at the member at fault. */
public final class JsonBodies implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
    /** The largest JSON body that is read, in bytes. */
    static final long MOST_BYTES = 4L << 20;

    /** For the next bodies: to fill fresh memory with each would take a third of the time of writing it. */
    private static final Queue<ByteArrayOutputStream> BUFFERS =
            new ArrayBlockingQueue<>(4 * Runtime.getRuntime().availableProcessors());

    private static final int LARGEST_KEPT = 1 << 20;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return isJson(type, mediaType);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return isJson(type, mediaType);
    }

    private static boolean isJson(Class<?> type, MediaType mediaType) {
        boolean raw = type == byte[].class
                || CharSequence.class.isAssignableFrom(type)
                || InputStream.class.isAssignableFrom(type)
                || StreamingOutput.class.isAssignableFrom(type)
                || File.class.isAssignableFrom(type);
        return !raw
                && (mediaType.getSubtype().equals("json")
                        || mediaType.getSubtype().endsWith("+json"));
    }

    @Override
    public @Nullable Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream in)
            throws IOException {
        boolean lenient = Arrays.stream(annotations).anyMatch(LenientBody.class::isInstance);
        String wrapper = Arrays.stream(annotations)
                .filter(Wrapped.class::isInstance)
                .map(annotation -> ((Wrapped) annotation).value())
                .findFirst()
                .orElse(null);
        Object body = read(lenient, wrapper, Json.mapper().constructType(generic), in);
        if (body == null) {
            throw ProblemException.badRequest("the request needs a JSON body");
        }
        List<ProblemError> missing = RequiredMembers.missingIn(body);
        if (!missing.isEmpty()) {
            throw ProblemException.badRequest("the body lacks "
                            + missing.stream().map(ProblemError::pointer).collect(Collectors.joining(", ")))
                    .errors(missing);
        }
        return body;
    }

    private static @Nullable Object read(boolean lenient, @Nullable String wrapper, JavaType type, InputStream in)
            throws IOException {
        ObjectReader reader = (lenient ? Json.lenient() : Json.mapper().reader()).forType(type);
        InputStream bounded = new BoundedBody(in, MOST_BYTES);
        try (JsonParser parser = new TextCheck(Json.mapper().createParser(bounded))) {
            if (wrapper == null) {
                return reader.readValue(parser);
            }
            JsonNode tree = Json.mapper().readerFor(JsonNode.class).readValue(parser);
            boolean ambiguous = isMember(wrapper, type);
            return tree == null || tree.isMissingNode()
                    ? null
                    : reader.readValue(unwrapped(tree, wrapper, lenient && !ambiguous));
        } catch (UnrecognizedPropertyException e) {
            throw refused(e, "is not known here");
        } catch (InvalidFormatException e) {
            throw refused(e, "is not " + expected(e.getTargetType()));
        } catch (ValueInstantiationException e) {
            Throwable cause = e.getCause();
            String why = cause instanceof IllegalArgumentException && cause.getMessage() != null
                    ? cause.getMessage()
                    : "is not valid";
            throw refused(e, why);
        } catch (MismatchedInputException e) {
            if (e.getPath().isEmpty()
                    && e.getMessage() != null
                    && e.getMessage().startsWith("No content")) {
                return null;
            }
            throw refused(e, "is not " + expected(e.getTargetType()));
        } catch (StreamConstraintsException e) {
            throw ProblemException.badRequest(
                    "the body is nested too deeply, or holds a text or number that is too long");
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw refused(e, "is not valid");
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw ProblemException.badRequest("the body is not JSON" + place(e));
        }
    }

    /** @param beside whether other members may stand beside the wrapper */
    private static JsonNode unwrapped(JsonNode tree, String wrapper, boolean beside) {
        return (beside || tree.size() == 1) && tree.path(wrapper).isObject() ? tree.path(wrapper) : tree;
    }

    private static boolean isMember(String name, JavaType type) {
        RecordComponent[] components = type.getRawClass().getRecordComponents();
        return components == null
                || Arrays.stream(components).anyMatch(each -> each.getName().equals(name));
    }

    private static ProblemException refused(JsonMappingException e, String why) {
        String pointer = e.getPath().stream()
                .map(step -> step.getFieldName() == null
                        ? String.valueOf(step.getIndex())
                        : step.getFieldName().replace("~", "~0").replace("/", "~1"))
                .map(step -> "/" + step)
                .collect(Collectors.joining());
        String where = pointer.isEmpty() ? "the body" : pointer;
        return ProblemException.badRequest(where + " " + why, new ProblemError(pointer, why));
    }

    private static String place(Exception e) {
        return e instanceof JsonProcessingException json && json.getLocation() != null
                ? " (line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr() + ")"
                : "";
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of the right type";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number in range";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (Iterable.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        if (type.getName().startsWith("java.time.")) {
            return "a time in ISO-8601";
        }
        return "an object";
    }

    @Override
    public void writeTo(
            Object body,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        // As a whole, so that a failure while writing is still answered as one, and the length is known.
        ByteArrayOutputStream whole = Objects.requireNonNullElseGet(BUFFERS.poll(), ByteArrayOutputStream::new);
        whole.reset();
        Json.mapper().writeValue(whole, body);
        whole.writeTo(out);
        if (whole.size() <= LARGEST_KEPT) {
            BUFFERS.offer(whole);
        }
    }
}
