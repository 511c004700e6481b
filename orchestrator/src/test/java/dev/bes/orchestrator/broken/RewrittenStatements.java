package dev.bes.orchestrator.broken;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** A way to the database on which parts of statements are replaced by others, however their lines are broken. */
public final class RewrittenStatements {
    private final Map<String, String> replacements;
    private final Set<String> met = ConcurrentHashMap.newKeySet();

    /** @param replacements what stands in a statement, blanks folded, and what is to stand there */
    public RewrittenStatements(Map<String, String> replacements) {
        this.replacements = replacements;
    }

    /** What was to be replaced and never came along: then nothing was broken, and nothing is proved. */
    public Set<String> unmet() {
        Set<String> unmet = new TreeSet<>(replacements.keySet());
        unmet.removeAll(met);
        return unmet;
    }

    /** The way to a database that goes through here. */
    public DataSource over(DataSource real) {
        return proxy(DataSource.class, real, (result, arguments) -> result instanceof Connection c ? over(c) : result);
    }

    private Connection over(Connection real) {
        return proxy(Connection.class, real, (result, arguments) -> result);
    }

    private String rewrite(String sql) {
        String text = sql.replaceAll("\\s+", " ");
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            if (text.contains(replacement.getKey())) {
                met.add(replacement.getKey());
                text = text.replace(replacement.getKey(), replacement.getValue());
            }
        }
        return text;
    }

    private interface Result {
        Object of(Object result, Object[] arguments);
    }

    private <T> T proxy(Class<T> type, T real, Result then) {
        InvocationHandler handler = (self, method, arguments) -> {
            if (method.getName().startsWith("prepare")) {
                arguments[0] = rewrite((String) arguments[0]);
            }
            try {
                return then.of(method.invoke(real, arguments), arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
