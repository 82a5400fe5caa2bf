package io.ampacity.reports.focus;

/** A column of the rows, named as in the specification; those with {@code x_} are our own. */
public enum FocusColumn {
    BILLED_COST("BilledCost", Kind.DECIMAL),
    BILLING_ACCOUNT_ID("BillingAccountId", Kind.TEXT),
    BILLING_ACCOUNT_NAME("BillingAccountName", Kind.TEXT),
    BILLING_CURRENCY("BillingCurrency", Kind.TEXT),
    BILLING_PERIOD_END("BillingPeriodEnd", Kind.TIME),
    BILLING_PERIOD_START("BillingPeriodStart", Kind.TIME),
    CHARGE_CATEGORY("ChargeCategory", Kind.TEXT),
    CHARGE_CLASS("ChargeClass", Kind.TEXT),
    CHARGE_DESCRIPTION("ChargeDescription", Kind.TEXT),
    CHARGE_FREQUENCY("ChargeFrequency", Kind.TEXT),
    CHARGE_PERIOD_END("ChargePeriodEnd", Kind.TIME),
    CHARGE_PERIOD_START("ChargePeriodStart", Kind.TIME),
    COMMITMENT_DISCOUNT_CATEGORY("CommitmentDiscountCategory", Kind.TEXT),
    COMMITMENT_DISCOUNT_ID("CommitmentDiscountId", Kind.TEXT),
    COMMITMENT_DISCOUNT_NAME("CommitmentDiscountName", Kind.TEXT),
    COMMITMENT_DISCOUNT_QUANTITY("CommitmentDiscountQuantity", Kind.DECIMAL),
    COMMITMENT_DISCOUNT_STATUS("CommitmentDiscountStatus", Kind.TEXT),
    COMMITMENT_DISCOUNT_TYPE("CommitmentDiscountType", Kind.TEXT),
    COMMITMENT_DISCOUNT_UNIT("CommitmentDiscountUnit", Kind.TEXT),
    CONSUMED_QUANTITY("ConsumedQuantity", Kind.DECIMAL),
    CONSUMED_UNIT("ConsumedUnit", Kind.TEXT),
    CONTRACTED_COST("ContractedCost", Kind.DECIMAL),
    CONTRACTED_UNIT_PRICE("ContractedUnitPrice", Kind.DECIMAL),
    EFFECTIVE_COST("EffectiveCost", Kind.DECIMAL),
    INVOICE_ISSUER_NAME("InvoiceIssuerName", Kind.TEXT),
    LIST_COST("ListCost", Kind.DECIMAL),
    LIST_UNIT_PRICE("ListUnitPrice", Kind.DECIMAL),
    PRICING_CATEGORY("PricingCategory", Kind.TEXT),
    PRICING_QUANTITY("PricingQuantity", Kind.DECIMAL),
    PRICING_UNIT("PricingUnit", Kind.TEXT),
    PROVIDER_NAME("ProviderName", Kind.TEXT),
    PUBLISHER_NAME("PublisherName", Kind.TEXT),
    REGION_ID("RegionId", Kind.TEXT),
    REGION_NAME("RegionName", Kind.TEXT),
    RESOURCE_ID("ResourceId", Kind.TEXT),
    RESOURCE_NAME("ResourceName", Kind.TEXT),
    RESOURCE_TYPE("ResourceType", Kind.TEXT),
    SERVICE_CATEGORY("ServiceCategory", Kind.TEXT),
    SERVICE_NAME("ServiceName", Kind.TEXT),
    SERVICE_SUBCATEGORY("ServiceSubcategory", Kind.TEXT),
    SKU_ID("SkuId", Kind.TEXT),
    SKU_METER("SkuMeter", Kind.TEXT),
    SKU_PRICE_ID("SkuPriceId", Kind.TEXT),
    TAGS("Tags", Kind.TEXT),
    PLAN_PERIOD("x_PlanPeriod", Kind.TEXT),
    CHIP("x_Chip", Kind.TEXT),
    CONTRACT("x_Contract", Kind.TEXT);

    /** What its values are. */
    public enum Kind {
        TEXT,
        DECIMAL,
        TIME
    }

    private final String title;
    private final Kind kind;

    FocusColumn(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    /** The name in the file. */
    public String title() {
        return title;
    }

    public Kind kind() {
        return kind;
    }
}
