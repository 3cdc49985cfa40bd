package dev.slipway.client.connection;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** The certificates that a companion's own certificate must descend from, in place of those that Java brings. */
public final class TrustedCertificates {
    private final X509TrustManager trust;
    private final SSLContext context;

    private TrustedCertificates(X509TrustManager trust, SSLContext context) {
        this.trust = trust;
        this.context = context;
    }

    /**
     * Reads certificates in PEM or DER form.
     *
     * @throws IOException when there is none, or when what is there is no certificate
     */
    public static TrustedCertificates read(InputStream in) throws IOException {
        try {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException("there is no certificate in it");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + n++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    SSLContext context = SSLContext.getInstance("TLS");
                    context.init(null, new TrustManager[] {x509}, null);
                    return new TrustedCertificates(x509, context);
                }
            }
            throw new IOException("this Java cannot check certificates");
        } catch (CertificateException e) {
            throw new IOException("it holds something that is no certificate", e);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates cannot be used: " + e.getMessage(), e);
        }
    }

    /** Makes clients trust these certificates and no others. Names are checked as ever. */
    public OkHttpClient.Builder apply(OkHttpClient.Builder builder) {
        return builder.sslSocketFactory(context.getSocketFactory(), trust);
    }
}
