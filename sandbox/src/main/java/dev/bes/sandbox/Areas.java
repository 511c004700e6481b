package dev.bes.sandbox;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The areas of a port: the first that owns the path of a request answers it. */
final class Areas implements Handler {

    private final List<Area> areas = new ArrayList<>();
    private final Handler others;

    /** @param others answers what no area owns */
    Areas(Handler others) {
        this.others = others;
    }

    private record Area(Predicate<String> owns, Handler handler) {}

    /** With one more area, after those that it has. */
    Areas with(Predicate<String> owns, Handler handler) {
        areas.add(new Area(owns, handler));
        return this;
    }

    @Override
    public Reply handle(Request request) {
        return areas.stream()
                .filter(area -> area.owns().test(request.path()))
                .findFirst()
                .map(Area::handler)
                .orElse(others)
                .handle(request);
    }
}
