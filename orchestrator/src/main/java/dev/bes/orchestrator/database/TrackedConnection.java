package dev.bes.orchestrator.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection that runs a callback once, when it is closed. */
final class TrackedConnection implements InvocationHandler {
    private final Connection connection;
    private final Runnable whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TrackedConnection(Connection connection, Runnable whenClosed) {
        this.connection = connection;
        this.whenClosed = whenClosed;
    }

    static Connection of(Connection connection, Runnable whenClosed) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new TrackedConnection(connection, whenClosed));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.getName().equals("equals") && arguments != null
                    ? proxy == arguments[0]
                    : method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        } finally {
            if (method.getName().equals("close") && closed.compareAndSet(false, true)) {
                whenClosed.run();
            }
        }
    }
}
