package io.ampacity.scenario;

import io.ampacity.facts.ChipPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Most that may hang on one party, as shares from 0 to 1. A null cap is none.
 *
 * @param supplierSpending most any one supplier that is not own may hold of the money spent
 * @param supplierCompute most of all compute that may be rented from any one supplier
 * @param parts most that may rest on one maker of a part of chips
 */
public record ShareCaps(
        @Nullable Double supplierSpending, @Nullable Double supplierCompute, List<PartCap> parts) {

    public static final ShareCaps NONE = new ShareCaps(null, null, List.of());

    public ShareCaps {
        parts = List.copyOf(parts);
    }

    /** What a share is of. */
    public enum ShareOf {
        /** Money spent over the horizon, undiscounted. */
        SPENDING,
        /** Chips held over the horizon, each by its dense BF16 peak. */
        COMPUTE;

        public String word() {
            return this == SPENDING ? "spending" : "compute";
        }
    }

    /**
     * Most that may rest on chips of which one maker alone makes a part.
     *
     * @param maker whom it is about; null for whoever it is
     */
    public record PartCap(ChipPart part, @Nullable String maker, ShareOf of, double cap) {

        /** Where it is written, for a maker. */
        public String path(String about) {
            return "policy.part-shares." + part.id() + "." + of.word() + "[" + about + "]";
        }
    }

    /** The same with another cap on what one supplier is paid. */
    public ShareCaps withSupplierSpending(@Nullable Double cap) {
        return new ShareCaps(cap, supplierCompute, parts);
    }

    /** The same with another cap on what is rented from one supplier. */
    public ShareCaps withSupplierCompute(@Nullable Double cap) {
        return new ShareCaps(supplierSpending, cap, parts);
    }

    /** The same with other caps on makers of parts. */
    public ShareCaps withParts(List<PartCap> others) {
        return new ShareCaps(supplierSpending, supplierCompute, others);
    }

    /** Whether any of them counts compute. */
    public boolean countCompute() {
        return supplierCompute != null || parts.stream().anyMatch(cap -> cap.of() == ShareOf.COMPUTE);
    }
}
