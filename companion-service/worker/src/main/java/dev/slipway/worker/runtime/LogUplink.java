package dev.slipway.worker.runtime;

import dev.slipway.client.Tasks;
import dev.slipway.client.http.ApiException;
import dev.slipway.worker.tools.LogSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's log on its way to the companion. Tools write into a file, which never waits for the network; a thread sends
 * what the companion does not have yet. {@link #finish} returns when it has all.
 */
final class LogUplink implements LogSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogUplink.class);
    private static final int PIECE = 256 * 1024;
    private static final long BETWEEN_PIECES_MS = 250;
    private static final long AFTER_A_FAULT_MS = 2000;

    private final Tasks tasks;
    private final HeldTask held;
    private final FileChannel file;
    private final Thread sender;
    private final Object changed = new Object();
    private long written;
    private boolean finished;
    private boolean refused;

    LogUplink(Tasks tasks, HeldTask held, Path path) throws IOException {
        this.tasks = tasks;
        this.held = held;
        this.file = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.sender = new Thread(this::send, "log-" + held.id());
        sender.setDaemon(true);
        sender.start();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        synchronized (changed) {
            if (finished) {
                return;
            }
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    written += file.write(buffer, written);
                }
            } catch (IOException e) {
                warn("kept", e);
            }
            changed.notifyAll();
        }
    }

    /** Sends the rest and returns when the companion has it, or will not take it any more. */
    void finish() throws InterruptedException {
        synchronized (changed) {
            finished = true;
            changed.notifyAll();
        }
        sender.join();
    }

    @Override
    public void close() throws IOException {
        synchronized (changed) {
            finished = true;
            refused = true;
            changed.notifyAll();
        }
        file.close();
    }

    private void send() {
        long sent = 0;
        try {
            while (true) {
                long upTo = awaitMore(sent);
                if (upTo < 0) {
                    return;
                }
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, upTo - sent));
                while (piece.hasRemaining()) {
                    if (file.read(piece, sent + piece.position()) < 0) {
                        return;
                    }
                }
                sent = offer(sent, piece.array());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            warn("sent on", e);
        }
    }

    /** Of a task that is another's now nobody misses the log. */
    private void warn(String what, IOException e) {
        if (!held.isLost()) {
            LOG.warn("task {}: its log cannot be {}: {}", held.id(), what, e.getMessage());
        }
    }

    /** How much there is to have been sent, or -1 when nothing more is to be. */
    private long awaitMore(long sent) throws InterruptedException {
        synchronized (changed) {
            while (written == sent && !finished) {
                changed.wait();
            }
            if (refused || held.isLost() || written == sent) {
                return -1;
            }
            if (!finished && written - sent < PIECE) {
                // More comes within moments as a rule, and fewer, larger pieces cost less.
                changed.wait(BETWEEN_PIECES_MS);
            }
            return written;
        }
    }

    private long offer(long sent, byte[] bytes) throws IOException, InterruptedException {
        try {
            return tasks.appendLog(held.id(), held.lease(), sent, bytes);
        } catch (ApiException e) {
            Long expected = e.number("offset");
            if (e.status() == 409 && expected != null) {
                return expected;
            }
            if (e.status() < 500 && e.status() != 429) {
                throw e;
            }
        } catch (IOException e) {
            LOG.debug("task {}: log not sent yet", held.id(), e);
        }
        Thread.sleep(AFTER_A_FAULT_MS);
        return sent;
    }
}
