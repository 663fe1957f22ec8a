// What a design can say: entity types with their attributes and questions, and products with their releases.
import { Name } from "../parts/name";
import { address } from "../route";
import { useAsked } from "./asked";
import { Missing } from "./bits";
import type { Type, Vocabulary } from "./types";

export function VocabularyPage({ name }: { name: string | undefined }) {
  const { value, failed } = useAsked<Vocabulary>("v1/vocabulary");
  if (!value) return <Missing failed={failed} />;
  const entity = value.entities.find((each) => each.name === name);
  const product = value.products.find((each) => each.name === name);
  if (name && !entity && !product) return <Missing failed={`Nothing in the vocabulary is called “${name}”.`} />;
  if (entity) {
    return (
      <article>
        <h2><Name of={entity.title || entity.name} /></h2>
        <p class="soft small">{entity.record ? "a record within others" : entity.section ? <>listed under <span class="code">{entity.section}</span></> : "the design itself"}{entity.judged ? "" : " · not judged by itself"}</p>
        <dl class="card padded terms">
          {entity.attributes.map((each) => (
            <div key={each.name}>
              <dt><span class="code">{each.name}</span></dt>
              <dd>
                {each.ask || each.title}
                <span class="soft small"> {typed(each.type)}{each.computed_from ? " · computed" : each.absent.reading !== "unknown" ? ` · left out: ${each.absent.reading === "none" ? "none" : String(each.absent.value)}` : ""}</span>
              </dd>
            </div>
          ))}
        </dl>
      </article>
    );
  }
  if (product) {
    return (
      <article>
        <h2><Name of={product.title || product.name} /></h2>
        <section class="card padded"><h3>Releases, oldest first</h3><ol>{product.releases.map((each) => <li key={each.name}>{each.title} <span class="code soft small">{each.name}</span></li>)}</ol></section>
        {product.editions.length > 0 && <section class="card padded"><h3>Editions</h3><ul>{product.editions.map((each) => <li key={each.name}>{each.title} <span class="code soft small">{each.name}</span></li>)}</ul></section>}
      </article>
    );
  }
  return (
    <>
      <h2>What a design can say</h2>
      <section class="card padded"><h3>Things</h3><ul class="rule-list">{value.entities.map((each) => <li key={each.name}><a href={at(each.name)}>{each.title || each.name}</a><span class="soft small">{each.attributes.length} attributes{each.ask && ` · ${each.ask}`}</span></li>)}</ul></section>
      <section class="card padded"><h3>Products</h3><ul class="rule-list">{value.products.map((each) => <li key={each.name}><a href={at(each.name)}>{each.title || each.name}</a><span class="soft small">{each.releases.length} releases</span></li>)}</ul></section>
    </>
  );
}

function at(name: string): string {
  return address("policies", ["vocabulary", name]);
}

function typed(type: Type): string {
  if (type.kind === "list") return `list of ${type.member ? typed(type.member) : "anything"}`;
  if (type.kind === "enum" || type.kind === "scale") return type.values.join(" · ");
  if (type.kind === "ref" || type.kind === "record") return type.of;
  if (type.kind === "product") return type.products.length ? `product: ${type.products.join(" · ")}` : "product";
  return [type.kind, type.unit, type.low !== null && type.high !== null ? `${type.low} to ${type.high}` : ""].filter(Boolean).join(" ");
}
