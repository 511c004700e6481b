package dev.bes.cli.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the user has named.
 *
 * @param current name of the one that is used unless another is asked for; null for none
 * @param contexts servers by name
 */
public record Contexts(@Nullable String current, Map<String, Context> contexts) {

    /** No servers. */
    public static final Contexts NONE = new Contexts(null, Map.of());

    /** A file may leave either of them out. */
    @SuppressWarnings("NullAway") // a reader of YAML passes null for what is left out
    public Contexts {
        contexts = contexts == null ? Map.of() : contexts;
    }

    /**
     * A server with a name.
     *
     * @param server its address
     * @param key API key; null for none
     * @param insecure whether the key may go over a connection that is not encrypted
     */
    public record Context(String server, @Nullable String key, boolean insecure) {}

    /** The same with a context added or replaced; the first one becomes the current one. */
    public Contexts with(String name, Context context) {
        Map<String, Context> more = new LinkedHashMap<>(contexts);
        more.put(name, context);
        return new Contexts(current == null ? name : current, more);
    }

    /** The same without a context. */
    public Contexts without(String name) {
        Map<String, Context> fewer = new LinkedHashMap<>(contexts);
        fewer.remove(name);
        return new Contexts(name.equals(current) ? null : current, fewer);
    }

    /** The same with another current context. */
    public Contexts using(String name) {
        return new Contexts(name, contexts);
    }

    /**
     * The context of a name.
     *
     * @throws CommandFailedException if there is none of this name
     */
    public Context require(String name) {
        Context context = contexts.get(name);
        if (context == null) {
            String known = contexts.isEmpty()
                    ? "there is none yet: bes context add " + name + " URL"
                    : "there are " + String.join(", ", contexts.keySet());
            throw CommandFailedException.usage("There is no context '%s': %s".formatted(name, known));
        }
        return context;
    }
}
