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
final class Keys {
    private static final Logger LOG = LoggerFactory.getLogger(Keys.class);

    private final String endpoint;
    private final Map<Party, List<Secret>> all = new EnumMap<>(Party.class);
    private final Map<Party, Secret> inUse = new EnumMap<>(Party.class);
    private final Set<Party> told = EnumSet.noneOf(Party.class);

    Keys(String endpoint, EndpointSettings settings) {
        this.endpoint = endpoint;
        add(Party.GATEWAY, settings.subscriptionKey(), settings.secondarySubscriptionKey());
        add(Party.SERVICE, settings.serviceKey(), settings.secondaryServiceKey());
    }

    private void add(Party party, @Nullable Secret primary, @Nullable Secret secondary) {
        List<Secret> keys =
                Stream.of(primary, secondary).filter(Objects::nonNull).toList();
        all.put(party, keys);
        if (!keys.isEmpty()) {
            inUse.put(party, keys.getFirst());
        }
    }

    /** The key in use for each party that has one. */
    synchronized Map<Party, Secret> inUse() {
        return Map.copyOf(inUse);
    }

    /** Changes a key that was refused, unless another call already has; returns whether another one is in use now. */
    synchronized boolean change(Party party, @Nullable Secret refused) {
        if (Objects.equals(inUse.get(party), refused)) {
            all.getOrDefault(party, List.of()).stream()
                    .filter(key -> !key.equals(refused))
                    .forEach(other -> use(party, other));
        }
        return !Objects.equals(inUse.get(party), refused);
    }

    private void use(Party party, Secret other) {
        inUse.put(party, other);
        if (told.add(party)) {
            LOG.warn("Endpoint {}: a key was refused, its other {} is used from now on", endpoint, party.property());
        }
    }
}
