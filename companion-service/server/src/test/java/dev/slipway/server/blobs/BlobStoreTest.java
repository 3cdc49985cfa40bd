package dev.slipway.server.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.server.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobStoreTest {
    @TempDir
    Path directory;

    private BlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = new BlobStore(directory);
    }

    @Test
    void refusesMoreBytesThanAllowedAndKeepsNothing() throws IOException {
        assertThatThrownBy(() -> store.receive(new ByteArrayInputStream(new byte[11]), 10))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(413));

        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingOfAnUploadThatBreaksOff() throws IOException {
        InputStream broken = new InputStream() {
            private boolean begun;

            @Override
            public int read() throws IOException {
                if (begun) {
                    throw new IOException("the connection broke");
                }
                begun = true;
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                buffer[offset] = (byte) read();
                return 1;
            }
        };

        assertThatThrownBy(() -> store.receive(broken, 10)).isInstanceOf(IOException.class);

        assertThat(files()).isEmpty();
    }

    @Test
    void dropsReceivedBytesThatWereNotKept() throws IOException {
        store.receive(new ByteArrayInputStream(new byte[3]), 10).close();

        assertThat(files()).isEmpty();
    }

    /** On a small file system of its own, as only root can make one; others see the test skipped. */
    @Test
    @Tag("slow")
    void saysThatTheDiskIsFullAndKeepsNothing() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=256k", "none", small.toString()) == 0, "cannot mount here");
        try {
            BlobStore full = new BlobStore(small);

            assertThatThrownBy(() -> full.receive(new ByteArrayInputStream(new byte[1 << 20]), 1 << 21))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.status()).isEqualTo(507);
                        assertThat(e.name()).isEqualTo("insufficient-storage");
                    });
            try (Stream<Path> left = Files.list(small.resolve("incoming"))) {
                assertThat(left).isEmpty();
            }
        } finally {
            run("umount", small.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }
}
