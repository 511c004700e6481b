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

/** The keys of one endpoint: one for each party is in use, and is changed for the other one when it is refused. */
final class EndpointKeys {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointKeys.class);

    private final String endpoint;
    private final Map<KeyIssuer, List<Secret>> all = new EnumMap<>(KeyIssuer.class);
    private final Map<KeyIssuer, Secret> inUse = new EnumMap<>(KeyIssuer.class);
    private final Set<KeyIssuer> told = EnumSet.noneOf(KeyIssuer.class);

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

    /** The key in use for each party that has one. */
    synchronized Map<KeyIssuer, Secret> inUse() {
        return Map.copyOf(inUse);
    }

    /** Changes a key that was refused, unless another call already has; returns whether another one is in use now. */
    synchronized boolean change(KeyIssuer keyIssuer, @Nullable Secret refused) {
        if (Objects.equals(inUse.get(keyIssuer), refused)) {
            all.getOrDefault(keyIssuer, List.of()).stream()
                    .filter(key -> !key.equals(refused))
                    .forEach(other -> use(keyIssuer, other));
        }
        return !Objects.equals(inUse.get(keyIssuer), refused);
    }

    private void use(KeyIssuer keyIssuer, Secret other) {
        inUse.put(keyIssuer, other);
        if (told.add(keyIssuer)) {
            LOG.warn(
                    "Endpoint {}: a key was refused, its other {} is used from now on", endpoint, keyIssuer.property());
        }
    }
}
