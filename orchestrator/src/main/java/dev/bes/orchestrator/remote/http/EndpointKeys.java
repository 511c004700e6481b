package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of one endpoint. One key of each issuer is in use; when it is refused, the other one is used. */
final class EndpointKeys implements CallKeys {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointKeys.class);

    private final String endpoint;
    private final Map<KeyIssuer, List<Secret>> all = new EnumMap<>(KeyIssuer.class);
    private final Map<KeyIssuer, Secret> inUse = new EnumMap<>(KeyIssuer.class);
    private final Set<KeyIssuer> logged = EnumSet.noneOf(KeyIssuer.class);

    EndpointKeys(String endpoint, EndpointSettings settings) {
        this.endpoint = endpoint;
        add(KeyIssuer.GATEWAY, settings.subscriptionKey(), settings.secondarySubscriptionKey());
        add(KeyIssuer.SERVICE, settings.serviceKey(), settings.secondaryServiceKey());
    }

    private void add(KeyIssuer keyIssuer, @Nullable Secret primary, @Nullable Secret secondary) {
        List<Secret> keys =
                Stream.of(primary, secondary).filter(Objects::nonNull).toList();
        all.put(keyIssuer, keys);
        if (!keys.isEmpty()) {
            inUse.put(keyIssuer, keys.getFirst());
        }
    }

    @Override
    public synchronized Map<KeyIssuer, Secret> inUse() {
        return Map.copyOf(inUse);
    }

    @Override
    public synchronized boolean switchKey(KeyIssuer keyIssuer, @Nullable Secret refused) {
        if (Objects.equals(inUse.get(keyIssuer), refused)) {
            all.getOrDefault(keyIssuer, List.of()).stream()
                    .filter(key -> !key.equals(refused))
                    .forEach(other -> use(keyIssuer, other));
        }
        return !Objects.equals(inUse.get(keyIssuer), refused);
    }

    private void use(KeyIssuer keyIssuer, Secret other) {
        inUse.put(keyIssuer, other);
        if (logged.add(keyIssuer)) {
            LOG.warn(
                    "Endpoint {}: a {} was refused, the other one of primary and secondary is used from now on: replace it",
                    endpoint,
                    keyIssuer.property());
        }
    }
}
