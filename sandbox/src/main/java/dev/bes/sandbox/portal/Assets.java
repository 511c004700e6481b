package dev.bes.sandbox.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.webjars.WebJarVersionLocator;

/** The static files of the portal, read once. They come with the program, so pages need no other server. */
final class Assets {

    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final String OWN = "portal/static/";

    private final Map<String, Reply> files = new HashMap<>();

    Assets() {
        add("app.css", CSS, OWN + "app.css");
        add("portal.css", CSS, OWN + "portal.css");
        add("favicon.svg", "image/svg+xml", OWN + "favicon.svg");
        add("stale.js", SCRIPT, OWN + "stale.js");
        add("keep-open.js", SCRIPT, OWN + "keep-open.js");
        add("htmx.min.js", SCRIPT, webJar("htmx.org", "dist/htmx.min.js"));
    }

    /** The reply with the file at an address, if there is one. */
    Optional<Reply> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private void add(String name, String type, String resource) {
        Map<String, String> headers = Map.of("Content-Type", type, "Cache-Control", "max-age=60");
        files.put(Portal.PREFIX + name, new Reply(200, headers, text(resource)));
    }

    private static String webJar(String name, String file) {
        return Objects.requireNonNull(new WebJarVersionLocator().fullPath(name, file), name);
    }

    private static String text(String resource) {
        try (InputStream file = Assets.class.getResourceAsStream("/" + resource)) {
            if (file == null) {
                throw new IllegalStateException("The program lacks its file " + resource);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
