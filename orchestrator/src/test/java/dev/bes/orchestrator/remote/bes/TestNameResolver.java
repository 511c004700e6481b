package dev.bes.orchestrator.remote.bes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Resolves names that end in {@code .test} as a test says; the service loader of this JVM finds it. */
public final class TestNameResolver extends InetAddressResolverProvider {

    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

    /** Found by the service loader. */
    public TestNameResolver() {
        // a name that is not there may be there a moment later
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    /** From now on the name is that of this machine. */
    static void add(String name) {
        KNOWN.add(name);
    }

    @Override
    public String name() {
        return "names of tests";
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver usual = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (!host.endsWith(".test")) {
                    return usual.lookupByName(host, policy);
                }
                if (!KNOWN.contains(host)) {
                    throw new UnknownHostException(host);
                }
                return Stream.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return usual.lookupByAddress(address);
            }
        };
    }
}
