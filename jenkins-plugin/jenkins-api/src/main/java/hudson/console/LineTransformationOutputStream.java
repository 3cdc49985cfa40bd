package hudson.console;

import io.jenkins.plugins.slipway.signatures.Absent;
import java.io.IOException;
import java.io.OutputStream;

public abstract class LineTransformationOutputStream extends OutputStream {
    public LineTransformationOutputStream() {}

    protected abstract void eol(byte[] b, int len) throws IOException;

    @Override
    public void write(int b) throws IOException {
        throw Absent.code();
    }

    public void forceEol() throws IOException {
        throw Absent.code();
    }
}
