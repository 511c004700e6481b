package dev.bes.orchestrator.crash;

import java.util.ArrayDeque;
import java.util.Deque;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Passes the points just before and just after a call, and the one at the commit of what it writes. */
final class CallFailpoints {
    private final Failpoints points;
    private final ThreadLocal<Deque<String>> writing = ThreadLocal.withInitial(ArrayDeque::new);

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
        writing.get().push(who + ": at the commit of " + what);
        try {
            return call(who, what, call);
        } finally {
            writing.get().pop();
        }
    }

    /** The transaction under way is about to be committed. */
    void committing() {
        String point = writing.get().peek();
        if (point != null) {
            points.pass(point);
        }
    }
}
