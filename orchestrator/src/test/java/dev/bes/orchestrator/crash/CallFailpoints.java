package dev.bes.orchestrator.crash;

import java.util.ArrayDeque;
import java.util.Deque;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Passes the points just before and just after a call, and the one at the commit of what it writes. */
final class CallFailpoints {
    /** A caller's transaction may be made by a thread that it starts, together with those of others. */
    private static final ThreadLocal<Deque<String>> WRITING = new InheritableThreadLocal<>() {
        @Override
        protected Deque<String> initialValue() {
            return new ArrayDeque<>();
        }

        @Override
        protected Deque<String> childValue(Deque<String> ofParent) {
            return new ArrayDeque<>(ofParent);
        }
    };

    private final Failpoints points;

    CallFailpoints(Failpoints points) {
        this.points = points;
    }

    /** Nothing but the point itself. */
    void pass(String point) {
        points.pass(point);
    }

    /** A call that reaches out, or that commits by itself. */
    @Nullable
    Object call(String who, String what, MethodInvocation call) throws Throwable {
        points.pass(who + ": before " + what);
        Object result = call.proceed();
        points.pass(who + ": after " + what);
        return result;
    }

    /** A call about something that may be bad for every node that meets it. */
    @Nullable
    Object call(String who, String what, String thing, MethodInvocation call) throws Throwable {
        points.pass(who + ": before " + what, thing);
        Object result = call.proceed();
        points.pass(who + ": after " + what);
        return result;
    }

    /** A call that writes in a transaction: its commit is a moment of its own. */
    @Nullable
    Object write(String who, String what, MethodInvocation call) throws Throwable {
        WRITING.get().push(who + ": at the commit of " + what);
        try {
            return call(who, what, call);
        } finally {
            WRITING.get().pop();
        }
    }

    /** The transaction under way is about to be committed. */
    void committing() {
        String point = WRITING.get().peek();
        if (point != null) {
            points.pass(point);
        }
    }
}
