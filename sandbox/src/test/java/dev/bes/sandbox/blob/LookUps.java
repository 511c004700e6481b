package dev.bes.sandbox.blob;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Notes each name that this JVM looks up, and knows none but those of this machine: a test that asks for one is offline. */
public final class LookUps extends InetAddressResolverProvider {

    private static final List<String> names = new CopyOnWriteArrayList<>();

    /** The names that were looked up so far, other than {@code localhost}. */
    public static List<String> names() {
        return List.copyOf(names);
    }

    /** Forgets them. */
    public static void clear() {
        names.clear();
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver builtin = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (host.equals("localhost") || host.equals(configuration.lookupLocalHostName())) {
                    return builtin.lookupByName(host, policy);
                }
                names.add(host);
                throw new UnknownHostException(host);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return builtin.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "look-ups";
    }
}
