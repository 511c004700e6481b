package dev.bes.orchestrator;

import dev.bes.testbench.proxy.CallFault;
import dev.bes.testbench.proxy.CallMatcher;
import dev.bes.testbench.proxy.FaultProxy;
import dev.bes.testbench.proxy.InjectedFault;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Another way to an address of this machine, on which calls may meet a fault.
 *
 * @param target the address
 * @param proxy what stands on the way
 */
public record TestProxy(URI target, FaultProxy proxy) implements AutoCloseable {

    /** Opens a way to an address; so far it is as good as the direct one. */
    public static TestProxy to(URI target) {
        return new TestProxy(target, FaultProxy.open(0, new InetSocketAddress(target.getHost(), target.getPort())));
    }

    /** The same text, but what it says of the address leads this way. */
    public String in(String text) {
        return text.replace(":" + target.getPort() + "/", ":" + proxy.port() + "/");
    }

    /** The same settings, but whatever leads to the address leads this way. */
    public Map<String, String> in(Map<String, Object> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        settings.forEach((key, value) -> all.put(key, in(value.toString())));
        return all;
    }

    /** Lets some calls on this way meet a fault until it is cleared. */
    public InjectedFault inject(CallFault callFault, CallMatcher callMatcher) {
        return proxy.inject(callFault, callMatcher);
    }

    /** Clears all faults. */
    public void clear() {
        proxy.clear();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
