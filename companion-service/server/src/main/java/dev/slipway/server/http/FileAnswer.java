package dev.slipway.server.http;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers with a file's bytes, or one range of them (RFC 9110, section 14), or 304. Several ranges get the whole file. */
public final class FileAnswer {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private final Path file;
    private final long size;
    private final EntityTag tag;
    private final String mediaType;
    private final String cacheControl;

    private FileAnswer(Path file, long size, EntityTag tag, String mediaType, String cacheControl) {
        this.file = file;
        this.size = size;
        this.tag = tag;
        this.mediaType = mediaType;
        this.cacheControl = cacheControl;
    }

    /** A file whose address holds its digest: it never changes there. */
    public static FileAnswer immutable(Path file, long size, String sha256, String mediaType) {
        return new FileAnswer(file, size, new EntityTag(sha256), mediaType, IMMUTABLE);
    }

    /** A file under a name that may show other content later. */
    public static FileAnswer named(Path file, long size, String sha256, String mediaType) {
        return new FileAnswer(file, size, new EntityTag(sha256), mediaType, "private, no-cache");
    }

    /** The answer to a GET or HEAD. */
    public Response to(Request request, HttpHeaders headers) {
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged
                    .tag(tag)
                    .header(HttpHeaders.CACHE_CONTROL, cacheControl)
                    .build();
        }
        Range range = range(headers.getHeaderString("Range"), headers.getHeaderString("If-Range"));
        if (range == null) {
            return answer(Response.ok(), new Range(0, size)).build();
        }
        if (range.length <= 0) {
            throw ProblemException.of(
                            "range-not-satisfiable", 416, "Range not satisfiable", "the file has " + size + " bytes")
                    .header("Content-Range", "bytes */" + size);
        }
        return answer(Response.status(206), range)
                .header("Content-Range", "bytes " + range.start + "-" + (range.start + range.length - 1) + "/" + size)
                .build();
    }

    private Response.ResponseBuilder answer(Response.ResponseBuilder builder, Range range) {
        return builder.tag(tag)
                .type(mediaType)
                .header(HttpHeaders.CACHE_CONTROL, cacheControl)
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CONTENT_LENGTH, range.length)
                .entity((StreamingOutput) out -> copy(range, out));
    }

    private void copy(Range range, OutputStream out) throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            WritableByteChannel to = Channels.newChannel(out);
            long position = range.start;
            long end = range.start + range.length;
            while (position < end) {
                long sent = from.transferTo(position, end - position, to);
                if (sent <= 0) {
                    throw new IOException("the file is shorter than it was: " + file);
                }
                position += sent;
            }
        }
    }

    private record Range(long start, long length) {}

    /** The range asked for, of length 0 when it lies outside; null when the whole file is to be sent. */
    private @Nullable Range range(@Nullable String header, @Nullable String ifRange) {
        if (header == null || (ifRange != null && !ifRange.equals("\"" + tag.getValue() + "\""))) {
            return null;
        }
        Matcher matcher = RANGE.matcher(header.strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return null;
        }
        if (matcher.group(1).isEmpty()) {
            long length = Math.min(size, Long.parseLong(matcher.group(2)));
            return new Range(size - length, length);
        }
        long start = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < start) {
            return null;
        }
        return new Range(start, Math.max(0, last - start + 1));
    }
}
