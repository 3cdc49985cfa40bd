/**
 * Makes clean roots from platform recipes and keeps them.
 *
 * <p>A recipe is the JSON object {@code root} (for building) or {@code test_root} (for testing, minimal) of a platform's data:
 *
 * <pre>
 * {"type": "mmdebstrap", "suite": "bookworm", "variant": "minbase", "include": ["gcc"], "components": ["main"],
 *  "mirror": "http://…", "architecture": "amd64"}
 * {"type": "dnf", "packages": ["bash", "gcc"], "repositories": [{"name": "base", "url": "https://…", "key": "…"}],
 *  "releasever": "9"}
 * {"type": "tar", "url": "https://…", "sha256": "…"}
 * {"type": "host"}
 * </pre>
 */
@NullMarked
package dev.slipway.worker.roots;

import org.jspecify.annotations.NullMarked;
