package hudson.util;

import io.jenkins.plugins.slipway.signatures.Absent;
import java.util.AbstractList;

public class PersistedList<T> extends AbstractList<T> {
    protected PersistedList() {}

    @Override
    public T get(int index) {
        throw Absent.code();
    }

    public <U extends T> U get(Class<U> type) {
        throw Absent.code();
    }

    @Override
    public int size() {
        throw Absent.code();
    }
}
