package dev.bes.testbench.chaos;

import dev.bes.testbench.proxy.FaultProxy;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The proxies of one node. */
final class Links implements AutoCloseable {

    private final Map<Link, FaultProxy> proxies = new EnumMap<>(Link.class);

    /** Opens one proxy for each far side. */
    Links(Map<Link, InetSocketAddress> targets) {
        targets.forEach((link, target) -> proxies.put(link, FaultProxy.open(0, target)));
    }

    FaultProxy proxy(Link link) {
        return Objects.requireNonNull(proxies.get(link));
    }

    /** Lets everything pass again. */
    void clear() {
        proxies.values().forEach(FaultProxy::clear);
    }

    @Override
    public void close() {
        proxies.values().forEach(FaultProxy::close);
    }
}
