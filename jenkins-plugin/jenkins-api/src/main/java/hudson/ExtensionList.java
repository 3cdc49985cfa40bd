package hudson;

import io.jenkins.plugins.slipway.signatures.Absent;
import java.util.AbstractList;
import java.util.Iterator;

public class ExtensionList<T> extends AbstractList<T> {
    private ExtensionList() {}

    @Override
    public Iterator<T> iterator() {
        throw Absent.code();
    }

    @Override
    public T get(int index) {
        throw Absent.code();
    }

    @Override
    public int size() {
        throw Absent.code();
    }

    public static <T> ExtensionList<T> lookup(Class<T> type) {
        throw Absent.code();
    }

    public static <U> U lookupSingleton(Class<U> type) {
        throw Absent.code();
    }
}
