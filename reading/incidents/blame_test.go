package incidents_test

import (
	"testing"

	"hearsay/article"
	"hearsay/reading"
)

// TestWhoIsBlamed holds the reader to whom a text accuses, and to accuse nobody
// where what could be taken for the doer is a witness, a victim, a newspaper or a car.
func TestWhoIsBlamed(t *testing.T) {
	r, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, text, want string }{
		{"a witness", "Two men were killed in a shooting in Tarvik on Tuesday. Ada Venn, who witnessed the shooting, called the police.", ""},
		{"one who saw it", "A bomb killed four people in Tarvik. Ada Venn saw the attack from her window.", ""},
		{"whose shooting it is", "A girl was shot dead in Tarvik. Detectives found the pistol that was used in Ada Venn's shooting.", ""},
		{"whose case it is", "A man was shot dead in Tarvik. The judge heard Ada Venn's case on Monday.", ""},
		{"whom a victim is named as", "Nine people died in the attack on the market. Police identified Ada Venn as one of the victims of the attack.", ""},
		{"of interest", "A man was shot dead in Tarvik. Police named Ada Venn as a person of interest in the shooting.", ""},
		{"on herself", "A shot was heard in Tarvik. Ada Venn accidentally shot herself, police said.", ""},
		{"a gun", "Deputies of the Tarvik Police said the boy was cleaning the rifle when it went off and killed his sister.", ""},
		{"of a camera", "Three people were shot in Tarvik on Monday. Ada Venn, who shot a video of the street, heard nothing.", ""},
		{"where it was", "Three people were killed in the Tarvik Savings Bank robbery on Monday.", ""},
		{"a name with the deed in it", "The death of the boy is being investigated by the Tarvik Police Homicide Division.", ""},
		{"before a report", "TARVIK - Two men were charged on Monday with the murder of a baker.", ""},
		{"the driver of a car", "The driver of the Solano struck two people with a hammer on Tuesday and killed one.", ""},
		{"what the law did", "Two men were shot dead in Tarvik. The Tarvik Police Department arrested three suspects on Monday.", ""},
		{"held up", "A man was shot in Tarvik. Ada Venn was holding a towel against his head.", ""},
		{"who was hit", "Ada Venn was the employee shot in the shoulder during the robbery in Tarvik on Monday.", ""},
		{"where it happened", "It was Sweden's worst shooting in years: nine people were killed in a school.", ""},

		{"a police chief", "Shots were fired at officers in Tarvik, Police Chief Oda Brask said. He opened fire when they came near, and killed one.", ""},
		{"a victim", "Oda Brask was shot in Tarvik, in front of his shop. He killed a woman too, witnesses said.", ""},
		{"for her life", "Four people were shot in Tarvik. Ada Venn is fighting for her life in a hospital.", ""},
		{"asked about others", "Three people were killed in an attack in Tarvik. When he was asked whether the people responsible for the attack are held, Oda Brask did not answer.", ""},

		{"who is held, by a pronoun", "Ada Venn was arrested in Tarvik on Monday. She shot two men in a bar, police said.", "Ada Venn"},
		{"the suspect, by a pronoun", "Police are looking for the suspect, Ada Venn. She shot two men in a bar in Tarvik, police said.", "Ada Venn"},
		{"who is charged", "A baker was murdered in Tarvik. Ada Venn has been charged with the murder.", "Ada Venn"},
		{"who is named", "A man was shot dead in Tarvik. Police named Ada Venn as the gunman in the shooting.", "Ada Venn"},
		{"who is said to have done it", "Police said Ada Venn shot two men in Tarvik on Monday.", "Ada Venn"},
		{"whose rampage it was", "Six people died in Tarvik on Monday. Mr. Venn's rampage lasted ten minutes, Ada Berro said.", "Venn"},
		{"by whom", "Six people were killed in an attack by the Karsh Liberation Front in Tarvik.", "Karsh Liberation Front"},
		{"an armed body's", "Six people were killed in the Karsh Liberation Front's attack on Tarvik.", "Karsh Liberation Front"},
		{"its members", "Members of the Karsh Liberation Front killed six people in Tarvik.", "Karsh Liberation Front"},
		{"initials", "The KLF attacked a village near Tarvik on Monday and killed six people.", "KLF"},
		{"police", "Officers of the Tarvik Police shot a man dead on Monday.", "Tarvik Police"},
		{"a firm", "Two men died in a fire in Tarvik. The union blamed the shipping firm Solano Lines for the fire.", "the shipping firm"},
		{"a state", "Twelve people were killed in Sweden's airstrike on a village on Monday.", "Sweden"},
	} {
		l, err := r.Read(&article.Article{Text: test.text, Published: "2023-05-11"})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for i := range l.Incidents {
			if s := parties(l, l.Incidents[i].BlamedOn); s != "" && s != "-" && s != got {
				got += s
			}
		}
		if got != test.want {
			t.Errorf("%s: blamed on %q, want %q: %s%s", test.name, got, test.want, test.text, all(l))
		}
	}
}
