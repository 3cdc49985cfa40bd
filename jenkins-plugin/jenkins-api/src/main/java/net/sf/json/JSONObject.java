package net.sf.json;

import io.jenkins.plugins.slipway.signatures.Absent;
import java.util.Collection;

public final class JSONObject {
    public JSONObject() {}

    public Object opt(String key) {
        throw Absent.code();
    }

    public JSONObject element(String key, Collection value) {
        throw Absent.code();
    }
}
