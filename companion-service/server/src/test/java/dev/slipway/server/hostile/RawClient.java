package dev.slipway.server.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes requests as bytes onto a connection: a proper client would refuse to send most of what is sent here. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOST_BODY = 32 << 20;

    /**
     * An answer.
     *
     * @param headers by lower-case name
     */
    record Answer(int status, Map<String, String> headers, String body) {
        /** The media type without parameters; empty when there is none. */
        String type() {
            return headers.getOrDefault("content-type", "").split(";", 2)[0].strip();
        }
    }

    private final URI server;
    private Socket socket;
    private InputStream in;

    RawClient(URI server) {
        this.server = server;
    }

    /** Sends a head (without its last empty line) and a body, as they are. A connection that was closed is made anew. */
    Answer send(String method, byte[] head, byte[] body) throws IOException {
        boolean fresh = socket == null;
        try {
            return attempt(method, head, body);
        } catch (EOFException | SocketException e) {
            close();
            if (fresh) {
                throw e;
            }
            return attempt(method, head, body);
        }
    }

    private Answer attempt(String method, byte[] head, byte[] body) throws IOException {
        if (socket == null) {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length + body.length + 4);
        request.writeBytes(head);
        request.writeBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        try {
            socket.getOutputStream().write(request.toByteArray());
        } catch (SocketException e) {
            // The server may have answered and closed before it took everything: its answer still counts.
        }
        Answer answer = read(method);
        if (answer.headers().getOrDefault("connection", "").equalsIgnoreCase("close")
                || answer.type().equals("text/event-stream")) {
            close();
        }
        return answer;
    }

    private Answer read(String method) throws IOException {
        String status = line();
        while (status.startsWith("HTTP/1.1 100")) {
            line();
            status = line();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status.split(" ", 3)[1]);
        String type = headers.getOrDefault("content-type", "");
        if (method.equals("HEAD") || code == 204 || code == 304 || type.startsWith("text/event-stream")) {
            return new Answer(code, headers, "");
        }
        return new Answer(code, headers, new String(body(headers), StandardCharsets.UTF_8));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = chunk(); size > 0; size = chunk()) {
                all.writeBytes(exactly(size));
                line();
            }
            line();
            return all.toByteArray();
        }
        return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private byte[] exactly(int size) throws IOException {
        if (size > MOST_BODY) {
            throw new IOException("an answer of " + size + " bytes");
        }
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException();
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
