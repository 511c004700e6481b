package dev.bes.testbench.chaos.environment;

import dev.bes.testbench.proxy.FaultProxy;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The proxies of one node, one for each link. */
public final class NodeProxies implements AutoCloseable {

    private final Map<Link, FaultProxy> proxies = new EnumMap<>(Link.class);

    /** Opens a proxy for each link. */
    NodeProxies(Map<Link, InetSocketAddress> targets) {
        targets.forEach((link, target) -> proxies.put(link, FaultProxy.open(0, target)));
    }

    /** The proxy of a link. */
    public FaultProxy proxy(Link link) {
        return Objects.requireNonNull(proxies.get(link));
    }

    /** Removes all faults. */
    void clear() {
        proxies.values().forEach(FaultProxy::clear);
    }

    @Override
    public void close() {
        proxies.values().forEach(FaultProxy::close);
    }
}
