package dev.bes.orchestrator.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.bes.orchestrator.text.VisibleText;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/** Writes stack traces over many lines, but the message of each exception on one. {@code logback-spring.xml} names it. */
public final class VisibleThrowableConverter extends ExtendedWhitespaceThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy throwable) {
        return super.throwableProxyToString(new Visible(throwable));
    }

    private record Visible(IThrowableProxy throwable) implements IThrowableProxy {
        private static @Nullable Visible of(@Nullable IThrowableProxy throwable) {
            return throwable == null ? null : new Visible(throwable);
        }

        private static @Nullable String shown(@Nullable String message) {
            return message == null ? null : VisibleText.of(message);
        }

        @Override
        public @Nullable String getMessage() {
            return shown(throwable.getMessage());
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return shown(throwable.getOverridingMessage());
        }

        @Override
        public String getClassName() {
            return throwable.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return throwable.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return throwable.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return of(throwable.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            IThrowableProxy[] suppressed = throwable.getSuppressed();
            IThrowableProxy[] visible = new IThrowableProxy[suppressed.length];
            for (int i = 0; i < suppressed.length; i++) {
                visible[i] = new Visible(suppressed[i]);
            }
            return visible;
        }

        @Override
        public boolean isCyclic() {
            return throwable.isCyclic();
        }
    }
}
