package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.gateway.settings.DataClass;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.ShadowSettings;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.TokenPrices;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the shadows of the models that a document lists, and notes what is wrong with them. */
record ShadowBuilding(
        SchemaReading reading,
        UpstreamBuilding building,
        Map<String, UpstreamSettings> upstreams,
        Map<String, Form> upstreamForms,
        Map<String, DataClass> dataClasses) {

    List<ShadowSettings> shadows(@Nullable Map<String, Form> models) {
        List<ShadowSettings> shadows = new ArrayList<>();
        if (models == null) {
            return shadows;
        }
        models.forEach((model, form) -> {
            Form shadow = form.isSound() ? form.valueOrNull(ModelTable.SHADOW) : null;
            if (shadow != null && shadow.isSound()) {
                ShadowSettings made = shadow(model, form, shadow);
                if (made != null) {
                    shadows.add(made);
                }
            }
        });
        return shadows;
    }

    private @Nullable ShadowSettings shadow(String model, Form above, Form form) {
        UpstreamSettings upstream = upstreams.get(form.value(ShadowTable.UPSTREAM));
        Form upstreamForm = upstreamForms.get(form.value(ShadowTable.UPSTREAM));
        if (upstream == null || upstreamForm == null) {
            return null;
        }
        String className = above.valueOrNull(ModelTable.DATA_CLASS);
        DataClass rules = className == null ? null : dataClasses.get(className);
        String refusal = rules == null ? null : rules.refusal(upstream);
        if (refusal != null) {
            reading.warning(form.place(), null, "kept out by the rules: " + model + ": " + refusal, null);
            return null;
        }
        TokenPrices prices = UpstreamBuilding.prices(upstreamForm.valueOrNull(UpstreamTable.PRICE));
        if (prices == null) {
            reading.error(
                    form.place(ShadowTable.UPSTREAM),
                    upstream.id(),
                    "its price is unknown, so no budget can hold there",
                    "add price: to upstream " + upstream.id());
            return null;
        }
        String name = form.valueOrNull(ShadowTable.MODEL);
        if (name == null) {
            name = upstreamForm.valueOrNull(UpstreamTable.MODEL);
        }
        Target target = new Target(
                upstream,
                name == null ? model : name,
                prices,
                building.energy(upstreamForm.valueOrNull(UpstreamTable.HARDWARE)));
        Pool pool = new Pool(
                model + "@" + upstream.id() + "~shadow",
                model,
                upstream.supplier(),
                upstream.site(),
                target.model(),
                "",
                upstream.quotaGroup(),
                1,
                1,
                0,
                0,
                0,
                prices.output(),
                null);
        return new ShadowSettings(
                pool.id(),
                model,
                new Fleet(
                        RoutingTable.of(List.of(model), List.of(pool)),
                        List.of(target),
                        Map.of(model, 0),
                        dataClasses,
                        List.of()),
                form.value(ShadowTable.SHARE),
                form.value(ShadowTable.BUDGET),
                form.value(ShadowTable.PERIOD),
                form.value(ShadowTable.MOST_OPEN));
    }
}
