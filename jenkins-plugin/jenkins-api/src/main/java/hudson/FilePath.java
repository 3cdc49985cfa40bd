package hudson;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.slipway.signatures.Absent;
import java.io.IOException;
import java.io.InputStream;

public final class FilePath {
    public FilePath(VirtualChannel channel, String remote) {}

    public String getRemote() {
        throw Absent.code();
    }

    public String getName() {
        throw Absent.code();
    }

    public FilePath sibling(String rel) {
        throw Absent.code();
    }

    public FilePath child(String relOrAbsolute) {
        throw Absent.code();
    }

    public boolean isDescendant(String potentialChildRelativePath) throws IOException, InterruptedException {
        throw Absent.code();
    }

    public void mkdirs() throws IOException, InterruptedException {
        throw Absent.code();
    }

    public void chmod(int mask) throws IOException, InterruptedException {
        throw Absent.code();
    }

    public void write(String content, String encoding) throws IOException, InterruptedException {
        throw Absent.code();
    }

    public void copyFrom(InputStream in) throws IOException, InterruptedException {
        throw Absent.code();
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        throw Absent.code();
    }
}
