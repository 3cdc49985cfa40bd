package dev.slipway.worker.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small sources, each with a spec and a debian folder. */
public final class Samples {
    private Samples() {}

    /** A C program with tests of its own. */
    public static Map<String, String> knots() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("knots.c", """
                #include <stdio.h>
                #include <stdlib.h>
                int main(int argc, char **argv)
                {
                    double kn = argc > 1 ? atof(argv[1]) : 1.0;
                    printf("%.3f km/h\\n", kn * 1.852);
                    return 0;
                }
                """);
        files.put("Makefile", """
                knots: knots.c
                \t$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ knots.c
                check: knots
                \tsh tests/speed.sh ./knots
                install: knots
                \tinstall -D knots $(DESTDIR)/usr/bin/knots
                clean:
                \trm -f knots
                """);
        files.put("tests/speed.sh", """
                #!/bin/sh
                set -eu
                [ "$("${1:-knots}" 10)" = "18.520 km/h" ]
                echo "ten knots are right"
                """);
        files.put("knots.spec", """
                Name:           knots
                Version:        1.3
                Release:        2%{?dist}
                Summary:        Speed of ships
                License:        MIT
                Source0:        %{name}-%{version}.tar.gz
                BuildRequires:  gcc
                BuildRequires:  make

                %description
                Converts knots.

                %prep
                %setup -q

                %build
                make CFLAGS="%{optflags}" LDFLAGS="%{?build_ldflags}"

                %install
                make install DESTDIR=%{buildroot}

                %check
                make check

                %files
                %{_bindir}/knots

                %changelog
                * Mon Nov 02 2026 Slipway <packages@slipway.example> - 1.3-2
                - First package
                """);
        files.put("debian/source/format", "3.0 (quilt)\n");
        files.put("debian/changelog", """
                knots (1.3-2) unstable; urgency=medium

                  * First package.

                 -- Slipway <packages@slipway.example>  Mon, 02 Nov 2026 09:00:00 +0000
                """);
        files.put("debian/control", """
                Source: knots
                Section: utils
                Priority: optional
                Maintainer: Slipway <packages@slipway.example>
                Build-Depends: debhelper-compat (= 13)
                Standards-Version: 4.6.2
                Rules-Requires-Root: no

                Package: knots
                Architecture: any
                Depends: ${shlibs:Depends}, ${misc:Depends}
                Description: speed of ships
                 Converts knots.
                """);
        files.put("debian/rules", "#!/usr/bin/make -f\n%:\n\tdh $@\noverride_dh_auto_test:\n\tmake check\n");
        files.put("debian/tests/control", "Tests: speed\nDepends: @\n");
        files.put("debian/tests/speed", "#!/bin/sh\nexec sh tests/speed.sh knots\n");
        return files;
    }

    /** A spec without sources that needs no compiler, to which a test adds what it is about. */
    public static String noarchSpec(String name, String more) {
        return """
                Name:           %s
                Version:        1
                Release:        1%%{?dist}
                Summary:        Sample
                License:        MIT
                BuildArch:      noarch

                %%description
                Sample.
                """.formatted(name) + more;
    }
}
